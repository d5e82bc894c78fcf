namespace Vilt.Visuals;

/// <summary>Something that shows itself as HTML; its <see cref="object.ToString"/> is the same as plain text.</summary>
internal interface IHtmlVisual
{
    string ToHtml();
}
