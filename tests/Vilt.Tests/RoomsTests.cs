using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Vilt.Tests;

/// <summary>The library's rooms are its folders and namespaces. Data flows one way through them.</summary>
public class RoomsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Vilt.Downloads"] = [],
        ["Vilt.Data"] = ["Vilt.Downloads"],
        ["Vilt.Native"] = [],
        ["Vilt.Attribution"] = ["Vilt.Native"],
        ["Vilt.Evaluation"] = ["Vilt.Native", "Vilt.Attribution"],
        ["Vilt.Visuals"] = ["Vilt.Data"],
        ["Vilt.Processing"] = ["Vilt.Data"],
        ["Vilt.Model"] = ["Vilt.Native", "Vilt.Data", "Vilt.Processing"],
        ["Vilt.Checkpoints"] = ["Vilt.Downloads", "Vilt.Native", "Vilt.Data", "Vilt.Processing", "Vilt.Model"],
        ["Vilt.Pipelines"] =
        [
            "Vilt.Downloads", "Vilt.Data", "Vilt.Attribution", "Vilt.Evaluation", "Vilt.Visuals", "Vilt.Processing", "Vilt.Model",
            "Vilt.Checkpoints", "Vilt.Training",
        ],
        ["Vilt.Results"] = ["Vilt.Data", "Vilt.Evaluation", "Vilt.Model", "Vilt.Checkpoints", "Vilt.Pipelines"],
        ["Vilt.Training"] = ["Vilt.Native", "Vilt.Data", "Vilt.Processing", "Vilt.Model", "Vilt.Checkpoints"],
    };

    private static readonly System.Reflection.Assembly Library = System.Reflection.Assembly.Load("Vilt");

    private static readonly Architecture Architecture = new ArchLoader().LoadAssemblies(Library).Build();

    public static TheoryData<string> Rooms => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Uses_only_the_rooms_before_it(string room)
    {
        var wrong =
            from type in Architecture.Types
            where IsIn(type, room)
            from dependency in type.Dependencies
            let target = Allowed.Keys.FirstOrDefault(r => IsIn(dependency.Target, r))
            where target is not null && target != room && !Allowed[room].Contains(target)
            select $"{type.FullName} uses {dependency.Target.FullName}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Every_public_type_stands_in_a_room() =>
        Assert.All(
            Library.GetExportedTypes(),
            type => Assert.Contains(Allowed.Keys, room => type.Namespace == room || type.Namespace!.StartsWith(room + ".")));

    [Theory]
    [InlineData("Vilt.Attribution", "TorchSharp")]
    [InlineData("Vilt.Evaluation", "TorchSharp")]
    [InlineData("Vilt.Visuals", "Vilt.Shared", "System", "Microsoft.FSharp", "Plotly", "SkiaSharp", "Microsoft.DotNet.Interactive", "Giraffe", "Newtonsoft", "DynamicObj", "TorchSharp")]
    [InlineData("Vilt.Data", "System", "SkiaSharp")]
    [InlineData("Vilt.Downloads", "System", "Polly")]
    public void Keeps_to_its_own_libraries(string room, params string[] libraries)
    {
        string[] known = [room, .. Allowed[room], "System", "Microsoft.CodeAnalysis", "Microsoft.CSharp", .. libraries];
        var wrong =
            from type in Architecture.Types
            where IsIn(type, room)
            from dependency in type.Dependencies
            where dependency.Target.Namespace?.FullName is not (null or "") && !known.Any(k => IsIn(dependency.Target, k))
            select $"{type.FullName} uses {dependency.Target.FullName}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Visuals_take_plain_arrays_but_for_the_summary_of_a_tensor()
    {
        var users =
            from type in Architecture.Types
            where IsIn(type, "Vilt.Visuals") && type.Dependencies.Any(dependency => IsIn(dependency.Target, "TorchSharp"))
            select type.FullName.Split('+')[0];
        Assert.Equal(["Vilt.Visuals.Formatters", "Vilt.Visuals.TensorSummary"], users.Distinct().Order());
    }

    private static bool IsIn(IType type, string space) =>
        type.Namespace?.FullName is string name && (name == space || name.StartsWith(space + ".", StringComparison.Ordinal));
}
