namespace Vilt.Kernel.Language;

/// <summary>Whether code could run as it stands, for a console that decides between running it and asking for another line.</summary>
/// <param name="Status"><c>complete</c>, <c>incomplete</c>, <c>invalid</c> or <c>unknown</c>, as Jupyter's protocol names them.</param>
/// <param name="Indent">The white space that the next line of incomplete code begins with.</param>
public sealed record CodeStatus(string Status, string Indent);
