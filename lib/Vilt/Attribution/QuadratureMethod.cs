namespace Vilt.Attribution;

/// <summary>The rules by which captum approximates the integral over the path (<c>captum/attr/_utils/approximation_methods.py</c>).</summary>
public enum QuadratureMethod
{
    /// <summary><c>gausslegendre</c>: exact for polynomials up to degree 2n − 1; the default.</summary>
    GaussLegendre,

    /// <summary><c>riemann_left</c>: the left end of each of n equal parts.</summary>
    RiemannLeft,

    /// <summary><c>riemann_right</c>: the right end of each part.</summary>
    RiemannRight,

    /// <summary><c>riemann_middle</c>: the middle of each part.</summary>
    RiemannMiddle,

    /// <summary><c>riemann_trapezoid</c>: n points from 0 to 1, both ends counted half. See <see cref="Quadrature"/> on its weights.</summary>
    RiemannTrapezoid,
}
