namespace Vilt.Notebooks.Pages;

/// <summary>Commands of LaTeX that stand for one symbol, a function's name or a space.</summary>
internal static class LatexSymbols
{
    private static readonly Dictionary<string, string> Letters = Pairs("""
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε eta η theta θ kappa κ lambda λ mu μ nu ν pi π rho ρ sigma σ tau τ phi ϕ chi χ psi ψ omega ω
        Gamma Γ Delta Δ Theta Θ Lambda Λ Sigma Σ Phi Φ Psi Ψ Omega Ω partial ∂ nabla ∇ infty ∞ ell ℓ
        """);

    private static readonly Dictionary<string, string> Operators = Pairs("""
        cdot ⋅ times × pm ± le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ sim ∼ in ∈ to → rightarrow → mapsto ↦ ldots … dots … cdots ⋯
        sum ∑ prod ∏ int ∫ | ‖ { { } } % %
        """);

    private static readonly Dictionary<string, string> Spaces = Pairs(", 0.17em : 0.22em ; 0.28em quad 1em qquad 2em");

    private static readonly HashSet<string> Functions = ["min", "max", "log", "ln", "exp", "sin", "cos", "tan", "tanh", "arg", "det", "lim", "Pr"];

    /// <summary>A command in MathML; null for one that is not known.</summary>
    /// <param name="name">The command, without its backslash.</param>
    public static string? MathML(string name) =>
        Letters.TryGetValue(name, out var letter) ? $"<mi>{letter}</mi>"
        : Operators.TryGetValue(name, out var symbol) ? $"<mo>{symbol}</mo>"
        : Spaces.TryGetValue(name, out var width) ? $"<mspace width=\"{width}\"></mspace>"
        : Functions.Contains(name) ? $"<mi>{name}</mi>"
        : null;

    private static Dictionary<string, string> Pairs(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
}
