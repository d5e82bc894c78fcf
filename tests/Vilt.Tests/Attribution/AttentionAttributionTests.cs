using TorchSharp;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class AttentionAttributionTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly Tensor sequence, mixing, head;

    public AttentionAttributionTests()
    {
        torch.random.manual_seed(4);
        (sequence, mixing, head) = (torch.randn(2, 5, 3), torch.randn(3, 3), torch.randn(3, 4));
    }

    public void Dispose() => scope.Dispose();

    private AttributionArguments Arguments => new([sequence]) { Target = 1 };

    private IAttributionMethod[] Methods => [new AttentionRollout(Attend), new AttentionRelevance(Attend)];

    [Fact]
    public void A_token_that_nothing_attends_to_gets_nothing_and_rollout_sums_to_one()
    {
        foreach (var method in Methods)
        {
            using var result = method.Attribute(Arguments);
            Assert.Equal([2, 5], result.Attributions[0].shape);
            Near.Equal(torch.zeros(2), result.Attributions[0][.., 4], scale: 1);
        }

        using var rollout = Methods[0].Attribute(Arguments);
        Near.Equal(torch.ones(2), rollout.Attributions[0].sum(dim: 1));
    }

    [Fact]
    public void Only_relevance_depends_on_the_target()
    {
        Assert.Equal(0, Change(Methods[0]));
        Assert.True(Change(Methods[1]) > 1e-3);

        float Change(IAttributionMethod method)
        {
            using AttributionResult one = method.Attribute(Arguments), other = method.Attribute(Arguments with { Target = 2 });
            return (one.Attributions[0] - other.Attributions[0]).abs().max().item<float>();
        }
    }

    [Fact]
    public void Another_token_gives_another_row()
    {
        using AttributionResult first = Methods[0].Attribute(Arguments), last = new AttentionRollout(Attend) { Token = 4 }.Attribute(Arguments);
        Assert.True(last.Attributions[0][0, 4].item<float>() > 0.2);
        Assert.Contains("no token 5", Assert.Throws<ArgumentException>(() => new AttentionRollout(Attend) { Token = 5 }.Attribute(Arguments)).Message);
    }

    [Fact]
    public void A_model_without_attention_weights_or_with_those_of_some_tokens_is_refused()
    {
        foreach (var make in new Func<Func<IReadOnlyList<Tensor?>, AttentionOutput>, IAttributionMethod>[]
            { forward => new AttentionRollout(forward), forward => new AttentionRelevance(forward) })
        {
            Assert.Contains("no attention weights", Refused(make(inputs => new(head.sum(), []))));
            Assert.Contains("no attention weights", Refused(make(inputs => new(head.sum(), null!))));
            Assert.Contains("no attention weights", Refused(make(inputs => new(head.sum(), [null!]))));
            Assert.Contains("layer 1", Refused(make(inputs => Changed(inputs, weights => weights[.., .., ..1]))));
            Assert.Contains("attention weight of layer 1 is NaN", Refused(make(inputs => Changed(inputs, weights => weights.log().log()))));
        }

        Assert.Contains("layer 1", Refused(new AttentionRelevance(inputs => Changed(inputs, weights => weights.clone()))));
        Assert.Contains("layer 1", Refused(new AttentionRelevance(inputs => Changed(inputs, weights => weights.detach()))));

        string Refused(IAttributionMethod method) => Assert.Throws<InvalidOperationException>(() => method.Attribute(Arguments)).Message;

        AttentionOutput Changed(IReadOnlyList<Tensor?> inputs, Func<Tensor, Tensor> change)
        {
            var output = Attend(inputs);
            return output with { Attentions = [output.Attentions[0], change(output.Attentions[1])] };
        }
    }

    [Fact]
    public void Nothing_is_left_behind_and_a_cancelled_one_stops()
    {
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        foreach (var method in Methods)
        {
            method.Attribute(Arguments).Dispose();
            Assert.Throws<OperationCanceledException>(() => method.Attribute(Arguments with { CancellationToken = new(canceled: true) }));
        }

        Assert.ThrowsAny<ArgumentException>(() => Methods[1].Attribute(Arguments with { Target = 99 }));
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // Two layers of two heads, in which nothing attends to the last token but itself: (B, 5, 3) → (B, 4)
    private AttentionOutput Attend(IReadOnlyList<Tensor?> inputs)
    {
        var hidden = inputs[0]!;
        List<Tensor> attentions = [];
        for (var layer = 0; layer < 2; layer++)
        {
            var scores = torch.stack([hidden.matmul(hidden.transpose(1, 2)), hidden.matmul(mixing).matmul(hidden.transpose(1, 2))], 1);
            var hide = torch.zeros(5, 5);
            hide[..4, 4] = float.NegativeInfinity;
            attentions.Add((scores + hide).softmax(-1)); // (B, 2, 5, 5)
            hidden = hidden + attentions[^1].mean([1]).matmul(hidden);
        }

        return new(hidden[.., 0].matmul(head), attentions);
    }
}
