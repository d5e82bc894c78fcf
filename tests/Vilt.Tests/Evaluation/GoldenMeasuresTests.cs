using TorchSharp;
using Vilt.Attribution;
using Vilt.Evaluation;
using Vilt.Tests.Attribution;
using static TorchSharp.torch;

namespace Vilt.Tests.Evaluation;

/// <summary>captum's measures, and curves by a short formula, of attributions of ViLT's answers to pixels.</summary>
public sealed class GoldenMeasuresTests : IDisposable
{
    private const double Precision = 1e-4;
    private readonly DisposeScope scope = torch.NewDisposeScope();
    private readonly GoldenVilt vilt = new("trust");

    public static TheoryData<string> InfidelityCases => TrustCase.OfMeasure("infidelity");

    public static TheoryData<string> MaxSensitivityCases => TrustCase.OfMeasure("sensitivity-max");

    public static TheoryData<string> CurveCases => [.. TrustCase.OfMeasure("deletion"), .. TrustCase.OfMeasure("insertion")];

    public void Dispose()
    {
        vilt.Dispose();
        scope.Dispose();
    }

    [Theory, MemberData(nameof(InfidelityCases))]
    public void Infidelity_is_captums(string name)
    {
        var golden = new TrustCase(name);
        Assert.Equal("input - perturbation", golden.Get<string>("perturbed"));
        var perturbations = golden.Expected["perturbations"];
        var measure = new Infidelity(OfPixels) { NPerturbSamples = (int)perturbations.shape[0], Normalize = golden.Get<bool>("normalize") };
        var values = measure.Measure(Arguments(golden), [golden.Expected["attributions"]], Given(perturbations));
        Near.Equal(golden.Expected["infidelity"].to(float64), torch.tensor(values), Precision);
    }

    [Theory, MemberData(nameof(MaxSensitivityCases))]
    public void Maximum_sensitivity_is_captums(string name)
    {
        var golden = new TrustCase(name);
        Assert.Equal(("saliency", "input + perturbation"), (golden.Get<string>("method"), golden.Get<string>("perturbed")));
        var perturbations = golden.Expected["perturbations"];
        var measure = new MaxSensitivity(new Saliency(OfPixels))
        {
            NPerturbSamples = (int)perturbations.shape[0],
            Perturbation = Given(perturbations),
        };
        var values = measure.Measure(Arguments(golden));
        Near.Equal(golden.Expected["sensitivity_max"].to(float64), torch.tensor(values), Precision);
    }

    [Theory, MemberData(nameof(CurveCases))]
    public void Curves_have_the_formulas_order_scores_and_area(string name)
    {
        var golden = new TrustCase(name);
        var patch = golden.Get<int>("patch");
        var sums = PatchOrder.Sums(golden.Expected["attributions"], patch);
        Near.Equal(golden.Expected["patch_sums"].to(float64), torch.tensor(sums), Precision);
        var order = PatchOrder.Falling(sums);
        Assert.Equal(golden.Expected["order"].data<long>().Select(index => (int)index), order);

        var curves = new PatchCurves(OfPixels, patch);
        var insert = golden.Get<string>("measure") == "insertion";
        var curve = insert ? curves.Insertion(Arguments(golden), order) : curves.Deletion(Arguments(golden), order);
        Near.Equal(golden.Expected["scores"], torch.tensor(curve.Scores.ToArray()), Precision);
        Assert.Equal(golden.Get<double>("area"), curve.Area, Precision);
    }

    private static Perturbation Given(Tensor samples) => (_, sample) => [samples[sample..(sample + 1)]];

    private static AttributionArguments Arguments(TrustCase golden) => new([golden.Pixels])
    {
        Target = golden.Target,
        AdditionalForwardArgs = [golden.Ids, .. golden.Additional],
        CancellationToken = TestContext.Current.CancellationToken,
    };

    private Tensor OfPixels(IReadOnlyList<Tensor?> inputs) => vilt.Wrapped.Forward([inputs[1], inputs[0], .. inputs.Skip(2)]);
}
