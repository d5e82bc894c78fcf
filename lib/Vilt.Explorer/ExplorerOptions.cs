using Vilt.Data;
using Vilt.Pipelines;
using Vilt.Scenes;
using Vilt.Visuals;

namespace Vilt.Explorer;

/// <summary>What the page shows, and who may reach it.</summary>
/// <param name="Models">The models to choose from, one or more; the first is asked by default.</param>
/// <param name="Examples">The data set: questions with their pictures; may be empty.</param>
public sealed record ExplorerOptions(IReadOnlyList<ExplorerModel> Models, IReadOnlyList<VqaExample> Examples)
{
    /// <summary>Which pixels decide the data set's questions; null where that is not known.</summary>
    public ZooMasks? Masks { get; init; }

    /// <summary>Picture files to try, beside those of the data set.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];

    /// <summary>Folders that <c>vilt predict</c> and <c>vilt attribute</c> have filled for this data set.</summary>
    public IReadOnlyList<string> Results { get; init; } = [];

    /// <summary>Makes the page that <em>Save page</em> gives, of answers and an explanation.</summary>
    public Func<AnswerChart, VqaExplanation, string>? Page { get; init; }

    /// <summary>The address to listen at, or a host's name; null: this machine alone.</summary>
    public string? Host { get; init; }

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Names under which a proxy on another machine shows the page, beside this machine's.</summary>
    public IReadOnlyList<string> ProxyHosts { get; init; } = [];
}
