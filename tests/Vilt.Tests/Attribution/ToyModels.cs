using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Tests.Attribution;

/// <summary>Reads ids and features as ViLT reads questions and pictures, with a mask and a temperature behind them.</summary>
internal sealed class ToyModel : Module<Tensor, Tensor, Tensor?, Tensor?, Tensor>
{
    public readonly Module<Tensor, Tensor> words = Embedding(11, 4);
    public readonly Module<Tensor, Tensor> features = Linear(3, 4);
    public readonly Module<Tensor, Tensor, Tensor> mixer = new Mixer();
    public readonly Module<Tensor, (Tensor, Tensor)> splitter = new Splitter();
    public readonly Module<Tensor, Tensor> unused = Linear(3, 4);
    public readonly Module<Tensor, Tensor> head = Linear(8, 5);
    public readonly Module<Tensor, Tensor> shortcut = Linear(3, 5);

    public ToyModel()
        : base(nameof(ToyModel))
    {
        RegisterComponents();
    }

    /// <summary>(B, L) ids, (B, 3) features, (B, L) mask, () temperature → (B, 5).</summary>
    public override Tensor forward(Tensor ids, Tensor values, Tensor? mask, Tensor? temperature)
    {
        using var scope = torch.NewDisposeScope();
        var embedded = words.call(ids); // (B, L, 4)
        if (mask is not null)
        {
            embedded = embedded * mask.unsqueeze(2);
        }

        var mixed = mixer.call(embedded.sum(1), features.call(values)); // (B, 8)
        var (left, right) = splitter.call(mixed); // (B, 4) each
        var logits = head.call(torch.cat([left * right.sigmoid(), right], 1)) + shortcut.call(values); // (B, 5)
        if (temperature is not null)
        {
            logits = logits / temperature;
        }

        return logits.MoveToOuterDisposeScope();
    }

    private sealed class Mixer() : Module<Tensor, Tensor, Tensor>(nameof(Mixer))
    {
        public override Tensor forward(Tensor text, Tensor image) => torch.cat([(text * image).tanh(), image], 1);
    }

    private sealed class Splitter() : Module<Tensor, (Tensor, Tensor)>(nameof(Splitter))
    {
        public override (Tensor, Tensor) forward(Tensor input) => (input[.., ..4].tanh(), input[.., 4..] * 2);
    }
}

/// <summary>A smooth net of pictures, (B, 1, 6, 6) → (B, 3).</summary>
internal sealed class ToyNet : Module<Tensor, Tensor>
{
    public readonly Module<Tensor, Tensor> hidden = Linear(36, 12);
    public readonly Module<Tensor, Tensor> activation = Softplus();
    public readonly Module<Tensor, Tensor> dropout = Dropout(0.5);
    public readonly Module<Tensor, Tensor> head = Linear(12, 3);

    public ToyNet()
        : base(nameof(ToyNet))
    {
        RegisterComponents();
    }

    public override Tensor forward(Tensor picture) => head.call(dropout.call(activation.call(hidden.call(picture.flatten(1)))));
}
