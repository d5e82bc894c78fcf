using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Vilt.Explorer.Pictures;
using static Microsoft.Playwright.Assertions;

namespace Vilt.Explorer.Tests.Browser;

/// <summary>A user's own picture: dropped, pasted, or from a phone's camera.</summary>
[Trait("Needs", "Browser")]
public sealed class OwnPictureTests(RunningExplorer explorer)
{
    [Theory]
    [InlineData("new DragEvent('drop', { dataTransfer: data, cancelable: true })")]
    [InlineData("new ClipboardEvent('paste', { clipboardData: data })")]
    public async Task Dropped_or_pasted_it_is_asked_about(string brings)
    {
        await using var opened = await ExplorerPage.OpenAsync(explorer, "question=what+is+on+the+picture");
        var bytes = File.ReadAllBytes(RunningExplorer.Asset("zebra.png"));
        await opened.Page.EvaluateAsync($$"""
            base64 => {
                const data = new DataTransfer();
                data.items.add(new File([Uint8Array.from(atob(base64), c => c.charCodeAt(0))], 'own.png', { type: 'image/png' }));
                window.dispatchEvent({{brings}});
            }
            """, Convert.ToBase64String(bytes));
        await ChosenAsync(opened);
        await Expect(opened.Page.Locator("#answers button").First)
            .ToContainTextAsync(explorer.Vqa.Ask(RunningExplorer.Asset("zebra.png"), "what is on the picture")[0].Answer);
        opened.AssertQuiet();
    }

    [Fact]
    public async Task A_photo_stands_upright_whatever_way_the_camera_was_held()
    {
        await using var opened = await ExplorerPage.OpenAsync(explorer, "question=what+is+on+the+picture");
        var zebra = SmallerPicture.Jpeg(RunningExplorer.Asset("zebra.png"), longest: 480);
        await opened.Page.Locator("#photo").SetInputFilesAsync(new FilePayload { Name = "photo.jpg", MimeType = "image/jpeg", Buffer = TurnedRight(zebra) });
        var button = await ChosenAsync(opened);
        var sides = await button.Locator("img").EvaluateAsync<int[]>("async image => { await image.decode(); return [image.naturalWidth, image.naturalHeight]; }");
        Assert.True(sides[0] < sides[1], $"{sides[0]} × {sides[1]}"); // The picture itself is wider than high.
        opened.AssertQuiet();
    }

    // Its place among the pictures, once it is shown and has been asked about.
    private static async Task<ILocator> ChosenAsync(ExplorerPage opened)
    {
        var button = opened.Page.Locator("#strip button[data-id^=upload]").First;
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(button.Locator("img")).ToHaveAttributeAsync("src", new Regex("^blob:"));
        await Expect(opened.Page.Locator("#answers button")).ToHaveCountAsync(5);
        return button;
    }

    // A note of Exif before the picture says that its right side is up (orientation 6).
    private static byte[] TurnedRight(byte[] jpeg)
    {
        byte[] note =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. note, .. jpeg[2..]];
    }
}
