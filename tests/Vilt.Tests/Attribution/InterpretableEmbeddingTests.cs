using TorchSharp;
using TorchSharp.Modules;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class InterpretableEmbeddingTests : IDisposable
{
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly ToyExample toy = new();
    private readonly Holder holder;

    public InterpretableEmbeddingTests() => holder = new Holder(toy.Model);

    public void Dispose()
    {
        toy.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void The_model_then_takes_embeddings_and_gives_the_same()
    {
        var before = Output(toy.Ids);
        var embedding = InterpretableEmbedding.Configure(holder, "inner.words");
        var words = embedding.IndicesToEmbeddings(toy.Ids);
        Assert.Same(embedding, toy.Model.words);
        Assert.False(words.requires_grad);
        Near.Equal(before, Output(words), 0);
    }

    [Fact]
    public void Removing_it_restores_the_model()
    {
        nn.Module original = toy.Model.words;
        string[] names = [.. holder.state_dict().Keys];
        var before = Output(toy.Ids);
        var embedding = InterpretableEmbedding.Configure(holder, "inner.words");
        Assert.Contains("inner.words.embedding.weight", holder.state_dict().Keys);
        embedding.Remove();
        Assert.Same(original, toy.Model.words);
        Assert.Equal(names, holder.state_dict().Keys);
        Near.Equal(before, Output(toy.Ids), 0);
        Assert.Throws<InvalidOperationException>(embedding.Remove);
    }

    [Fact]
    public void Configuring_twice_is_refused_but_again_after_removal_is_not()
    {
        var embedding = InterpretableEmbedding.Configure(toy.Model, "words");
        Assert.Contains("already", Assert.Throws<InvalidOperationException>(() => InterpretableEmbedding.Configure(holder, "inner.words")).Message);
        embedding.Remove();
        InterpretableEmbedding.Configure(toy.Model, "words").Remove();
    }

    [Fact]
    public void A_wrong_path_and_layers_that_cannot_be_replaced_are_refused_and_nothing_changed()
    {
        string[] names = [.. holder.state_dict().Keys];
        Assert.Contains("no 'wrods'", Refused("inner.wrods"));
        Assert.Contains("no 'outer'", Refused("outer.words"));
        Assert.Contains("inner.mixer", Refused("inner.mixer"));
        Assert.Contains("a field of type Module<Tensor, Tensor>", Refused("typed"));
        Assert.Contains("a field of type Module<Tensor, Tensor>", Refused("list.0"));
        Assert.Equal(names, holder.state_dict().Keys);

        string Refused(string path) => Assert.Throws<ArgumentException>(() => InterpretableEmbedding.Configure(holder, path)).Message;
    }

    [Fact]
    public void The_original_switches_mode_with_the_model()
    {
        nn.Module original = toy.Model.words;
        var embedding = InterpretableEmbedding.Configure(holder, "inner.words");
        Assert.False(embedding.training);
        holder.train();
        Assert.True(original.training);
        embedding.Remove();
    }

    private Tensor Output(Tensor words) => toy.Model.call(words, toy.Values, toy.Mask, null).detach();

    private sealed class Holder : nn.Module
    {
        private readonly Embedding typed = nn.Embedding(2, 2);
        private readonly ModuleList<nn.Module<Tensor, Tensor>> list = new(nn.Linear(2, 2));
        private readonly ToyModel inner;

        internal Holder(ToyModel inner)
            : base(nameof(Holder))
        {
            this.inner = inner;
            RegisterComponents();
        }

        internal bool HasAll => typed is not null && list.Count > 0 && inner is not null;
    }
}
