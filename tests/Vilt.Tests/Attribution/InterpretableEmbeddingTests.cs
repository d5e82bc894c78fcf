using TorchSharp;
using TorchSharp.Modules;
using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Attribution;

public sealed class InterpretableEmbeddingTests : IDisposable
{
    private readonly DisposeScope _scope = torch.NewDisposeScope();
    private readonly ToyExample _toy = new();
    private readonly Holder _holder;

    public InterpretableEmbeddingTests() => _holder = new Holder(_toy.Model);

    public void Dispose()
    {
        _toy.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void The_model_then_takes_embeddings_and_gives_the_same()
    {
        Tensor before = Output(_toy.Ids);
        InterpretableEmbedding embedding = InterpretableEmbedding.Configure(_holder, "inner.words");
        Tensor words = embedding.IndicesToEmbeddings(_toy.Ids);
        Assert.Same(embedding, _toy.Model.words);
        Assert.False(words.requires_grad);
        Near.Equal(before, Output(words), 0);
    }

    [Fact]
    public void Removing_it_restores_the_model()
    {
        nn.Module original = _toy.Model.words;
        string[] names = [.. _holder.state_dict().Keys];
        Tensor before = Output(_toy.Ids);
        InterpretableEmbedding embedding = InterpretableEmbedding.Configure(_holder, "inner.words");
        Assert.Contains("inner.words.embedding.weight", _holder.state_dict().Keys);
        embedding.Remove();
        Assert.Same(original, _toy.Model.words);
        Assert.Equal(names, _holder.state_dict().Keys);
        Near.Equal(before, Output(_toy.Ids), 0);
        Assert.Throws<InvalidOperationException>(embedding.Remove);
    }

    [Fact]
    public void Configuring_twice_is_refused_but_again_after_removal_is_not()
    {
        InterpretableEmbedding embedding = InterpretableEmbedding.Configure(_toy.Model, "words");
        Assert.Contains("already", Assert.Throws<InvalidOperationException>(() => InterpretableEmbedding.Configure(_holder, "inner.words")).Message);
        embedding.Remove();
        InterpretableEmbedding.Configure(_toy.Model, "words").Remove();
    }

    [Fact]
    public void A_wrong_path_and_layers_that_cannot_be_replaced_are_refused_and_nothing_changed()
    {
        string[] names = [.. _holder.state_dict().Keys];
        Assert.Contains("no 'wrods'", Refused("inner.wrods"));
        Assert.Contains("no 'outer'", Refused("outer.words"));
        Assert.Contains("inner.mixer", Refused("inner.mixer"));
        Assert.Contains("a field of type Module<Tensor, Tensor>", Refused("typed"));
        Assert.Contains("a field of type Module<Tensor, Tensor>", Refused("list.0"));
        Assert.Equal(names, _holder.state_dict().Keys);

        string Refused(string path) => Assert.Throws<ArgumentException>(() => InterpretableEmbedding.Configure(_holder, path)).Message;
    }

    [Fact]
    public void The_original_switches_mode_with_the_model()
    {
        nn.Module original = _toy.Model.words;
        InterpretableEmbedding embedding = InterpretableEmbedding.Configure(_holder, "inner.words");
        Assert.False(embedding.training);
        _holder.train();
        Assert.True(original.training);
        embedding.Remove();
    }

    private Tensor Output(Tensor words) => _toy.Model.call(words, _toy.Values, _toy.Mask, null).detach();

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
