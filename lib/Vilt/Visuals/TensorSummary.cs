using System.Globalization;
using System.Net;
using TorchSharp;

namespace Vilt.Visuals;

/// <summary>A tensor's shape, type and device, and a few of its values.</summary>
internal static class TensorSummary
{
    // Enough to recognize a small tensor whole; a larger one is cut along each dimension.
    private const int ValuesPerDimension = 8;
    private const int DimensionsWithMany = 2;
    private const string Disposed = "Tensor that has been disposed";

    internal static string Html(torch.Tensor tensor)
    {
        if (tensor.IsInvalid)
        {
            return Disposed;
        }

        var values = Values(tensor);
        return $"<div><b>Tensor</b> {WebUtility.HtmlEncode(Kind(tensor))}</div>" +
            (values.Length == 0 ? "" : $"<pre>{WebUtility.HtmlEncode(values)}</pre>");
    }

    internal static string Text(torch.Tensor tensor) =>
        tensor.IsInvalid ? Disposed : $"Tensor {Kind(tensor)}\n{Values(tensor)}".TrimEnd();

    private static string Kind(torch.Tensor tensor) =>
        $"({string.Join(", ", tensor.shape)}) {tensor.dtype.ToString().ToLowerInvariant()} on {tensor.device}" +
        (tensor.requires_grad ? ", requires grad" : "");

    /// <summary>TorchSharp's text of the tensor's corner; nothing where there are no values to read.</summary>
    private static string Values(torch.Tensor tensor)
    {
        if (tensor.device_type == DeviceType.META || tensor.is_sparse || tensor.numel() == 0)
        {
            return "";
        }

        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var corner = tensor.detach();
        for (var dimension = 0; dimension < tensor.dim(); dimension++)
        {
            long most = dimension >= tensor.dim() - DimensionsWithMany ? ValuesPerDimension : 1;
            corner = corner.narrow(dimension, 0, Math.Min(most, tensor.shape[dimension]));
        }

        var text = corner.cpu().ToString(TensorStringStyle.Numpy, cultureInfo: CultureInfo.InvariantCulture);
        return corner.numel() == tensor.numel() ? text : $"{text}\nfirst {corner.numel()} of {tensor.numel():N0} values";
    }
}
