using System.IO.Hashing;
using System.Text;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>What a run was made from, identified by content.</summary>
/// <param name="Examples">Number of examples.</param>
/// <param name="Data">Hash of the examples.</param>
/// <param name="Origin">What the weights came from.</param>
internal sealed record TrainingSource(int Examples, string Data, string Origin)
{
    private const string Body = "vilt."; // in the names of the body's weights, whatever model it is in

    /// <summary>A hash of the weights of a model's body. Heads are usually new, and come from the seed.</summary>
    public static string HashOf(nn.Module model)
    {
        var hash = new XxHash128();
        foreach (var (name, parameter) in model.named_parameters().Where(weight => weight.name.Contains(Body, StringComparison.Ordinal)))
        {
            using var scope = NewDisposeScope();
            hash.Append(Encoding.UTF8.GetBytes($"{name} [{string.Join(',', parameter.shape)}]\n"));
            hash.Append(parameter.detach().cpu().contiguous().bytes);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
