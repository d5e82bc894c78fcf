using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;
using TorchSharp;
using Vilt.Visuals;
using static TorchSharp.torch;

namespace Vilt.Tests.Visuals;

public sealed class TensorSummaryTests
{
    static TensorSummaryTests() => RuntimeHelpers.RunModuleConstructor(typeof(Formatters).Module.ModuleHandle);

    [Fact]
    public void A_small_tensor_is_shown_whole()
    {
        using var tensor = torch.tensor(new[] { 1.5f, -2, 3, 4 }).reshape(2, 2);
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(Tensor)));
        Assert.Equal("<div><b>Tensor</b> (2, 2) float32 on cpu</div><pre>[[1.5, -2]\n [3, 4]]</pre>", Html(tensor));
        Assert.Equal("Tensor (2, 2) float32 on cpu\n[[1.5, -2]\n [3, 4]]", tensor.ToDisplayString("text/plain").ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_large_tensor_shows_a_corner_and_says_how_much()
    {
        using var tensor = torch.arange(2 * 3 * 20 * 30, dtype: ScalarType.Int64).reshape(2, 3, 20, 30);
        var html = Html(tensor);
        Assert.StartsWith("<div><b>Tensor</b> (2, 3, 20, 30) int64 on cpu</div><pre>", html, StringComparison.Ordinal);
        Assert.EndsWith("\nfirst 64 of 3,600 values</pre>", html, StringComparison.Ordinal);
        Assert.Contains("217", html, StringComparison.Ordinal);
        Assert.DoesNotContain("218", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_without_values_shows_what_it_is()
    {
        using var meta = torch.zeros(2, 3, device: torch.META);
        using var empty = torch.zeros(0, 3, dtype: ScalarType.Bool);
        using var scalar = torch.tensor(7.0).requires_grad_();
        Assert.Equal("<div><b>Tensor</b> (2, 3) float32 on meta</div>", Html(meta));
        Assert.Equal("<div><b>Tensor</b> (0, 3) bool on cpu</div>", Html(empty));
        Assert.Equal("<div><b>Tensor</b> () float64 on cpu, requires grad</div><pre>7</pre>", Html(scalar));
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var tensor = torch.ones(1);
        tensor.Dispose();
        Assert.Equal("Tensor that has been disposed", Html(tensor));
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var tensor = torch.ones(20, 20);
        DisposeScopeManager.Statistics.Reset();
        Assert.NotEmpty(Html(tensor));
        Assert.Equal(0, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Plain_text_says_the_same()
    {
        using var batch = torch.ones(64, 3, 384, 384);
        var text = batch.ToDisplayString("text/plain");
        Assert.StartsWith("Tensor (64, 3, 384, 384) float32 on cpu\n", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100, 500);
    }

    private static string Html(Tensor tensor) => tensor.ToDisplayString("text/html").ReplaceLineEndings("\n");
}
