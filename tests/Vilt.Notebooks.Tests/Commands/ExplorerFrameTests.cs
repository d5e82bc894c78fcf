using Vilt.Course;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>The explorer's page in a notebook.</summary>
public sealed class ExplorerFrameTests : IDisposable
{
    private const string HubPrefix = "JUPYTERHUB_SERVICE_PREFIX";

    private readonly TestFolder folder = new();

    public ExplorerFrameTests() => Scenes.Zoo.Draw(folder["zoo"], pictures: 2, seed: 1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_shows_the_page_until_it_is_disposed()
    {
        var frame = Open();
        using var http = new HttpClient();
        Assert.Contains("ViLT Explorer", await http.GetStringAsync(frame.Address, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains($"src=\"{frame.Address.AbsoluteUri}\"", Html(frame), StringComparison.Ordinal);
        frame.Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(frame.Address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void On_a_hub_it_leads_through_the_hubs_proxy()
    {
        using var frame = Open();
        Environment.SetEnvironmentVariable(HubPrefix, "/user/ada/");
        try
        {
            Assert.Contains($"src=\"/user/ada/proxy/{frame.Address.Port}/?token=", Html(frame), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(HubPrefix, null);
        }
    }

    private ExplorerFrame Open()
    {
        var finetuned = Series.Asset("vilt-zoo-finetuned-vqa");
        return ExplorerFrame.Open(new CourseMaterial("mine", folder["zoo"], finetuned, finetuned));
    }

    private static string Html(ExplorerFrame frame)
    {
        using var text = new StringWriter();
        frame.WriteTo(text, System.Text.Encodings.Web.HtmlEncoder.Default);
        return text.ToString();
    }
}
