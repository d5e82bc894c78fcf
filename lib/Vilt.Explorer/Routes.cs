using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Vilt.Explorer.Asking;
using Vilt.Explorer.Browsing;
using Vilt.Explorer.Pictures;
using Vilt.Pipelines;

namespace Vilt.Explorer;

/// <summary>What can be asked of the server, by address.</summary>
internal sealed class Routes(ExplorerOptions options, PictureShelf shelf, ModelRequests requests, DataTable table)
{
    public const int MostQuestionBytes = 64_000;

    private const int ShownSide = 1280, ThumbnailSide = 160, MostShown = 32, MostThumbnails = 1000, ListedPictures = 60, ListedQuestions = 200;

    private readonly RecentlyUsed<string, byte[]> shown = new(MostShown), thumbnails = new(MostThumbnails);

    public void Map(WebApplication app)
    {
        app.MapGet("/{name?}", (string? name) => WebFiles.Get(name));
        app.MapGet("/api/about", () => About());
        app.MapPost("/api/pictures", UploadAsync);
        app.MapGet("/api/pictures/{id}", (string id) => TypedResults.Bytes(shown.Get(id, () => Jpeg(id, ShownSide)), "image/jpeg"));
        app.MapGet("/api/pictures/{id}/thumbnail", (string id) => TypedResults.Bytes(thumbnails.Get(id, () => Jpeg(id, ThumbnailSide)), "image/jpeg"));
        app.MapPost("/api/ask", (AskRequest ask, HttpContext context) =>
            requests.AskAsync(ask, ClientOf(context), context.RequestAborted));
        app.MapPost("/api/explain", (WhyRequest why, HttpContext context) =>
            TypedResults.ServerSentEvents(requests.Explain(why, ClientOf(context), context.RequestAborted)));
        app.MapPost("/api/path", (WhyRequest why, HttpContext context) =>
            requests.PathAsync(why, ClientOf(context), context.RequestAborted));
        app.MapPost("/api/page", async (WhyRequest why, HttpContext context) =>
            TypedResults.Text(await requests.PageAsync(why, ClientOf(context), context.RequestAborted), "text/plain; charset=utf-8")); // to save, not to run here
        app.MapGet("/api/mask/{question}", (long question, string? model) => requests.Mask(question, model));
        app.MapGet("/api/rows", ([AsParameters] TableQuery query) => table.Page(query));
        app.MapPost("/api/answers", (AnswersRequest request, HttpContext context) =>
            table.AnswerAsync(request, ClientOf(context), context.RequestAborted));
        app.MapPost("/api/pointing", (AnswersRequest request, HttpContext context) =>
            table.PointAsync(request, ClientOf(context), context.RequestAborted));
    }

    private object About() => new
    {
        Models = options.Models.Select(model => new { model.Name, Answers = model.Vqa.Answers.Count, model.Vqa.Model.Config.PatchSize }),
        Methods = VqaMethods.Names,
        Baselines = Enum.GetNames<PictureBaseline>(),
        Examples = options.Pictures.Select(file => $"example-{Path.GetFileNameWithoutExtension(file)}"),
        Pictures = options.Examples.Select(PictureShelf.IdOf).Distinct().Take(ListedPictures),
        Questions = options.Examples.Select(example => example.Question.Question).Distinct().Take(ListedQuestions),
        All = options.Examples.Count,
        CanSave = options.Page is not null,
        PictureShelf.MostBytes,
    };

    private async Task<object> UploadAsync(HttpContext context, CancellationToken cancellation)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = PictureShelf.MostBytes;
        if (context.Request.ContentLength > PictureShelf.MostBytes)
        {
            throw new Refusal(StatusCodes.Status413PayloadTooLarge, $"The picture is larger than {PictureShelf.MostBytes / 1_000_000} MB: make it smaller first.");
        }

        using var file = new MemoryStream();
        await context.Request.Body.CopyToAsync(file, cancellation);
        var id = shelf.Keep(file.ToArray());
        shown.Get(id, () => Jpeg(id, ShownSide)); // a broken one is refused here
        return new { id };
    }

    // Each tab of a browser chooses a name, so that it has its own turns.
    private static string ClientOf(HttpContext context) => context.Request.Headers["X-Vilt-Client"].ToString();

    private byte[] Jpeg(string id, int side) => shelf.Read(id, path => SmallerPicture.Jpeg(path, side));
}
