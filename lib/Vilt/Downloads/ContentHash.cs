using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Vilt.Downloads;

/// <summary>A hash that a file's content must have, as lower-case hexadecimal digits.</summary>
/// <param name="Hex">The digits: 64 for SHA-256, or 40 for Git's blob id.</param>
internal sealed partial record ContentHash(string Hex)
{
    /// <summary>The hash in an entity tag of the Hugging Face hub: SHA-256 for large files, Git's blob id for others.</summary>
    internal static ContentHash? FromETag(string tag) => Hexadecimal().IsMatch(tag) ? new(tag) : null;

    /// <summary>The hash of a file, of the same kind as this one.</summary>
    internal async Task<ContentHash> OfAsync(string path, CancellationToken cancellation)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            using var hash = IncrementalHash.CreateHash(Hex.Length == 64 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
            if (Hex.Length == 40)
            {
                hash.AppendData(Encoding.ASCII.GetBytes($"blob {file.Length}\0")); // Git's own header
            }

            var buffer = new byte[1 << 20];
            while (await file.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and int count)
            {
                hash.AppendData(buffer, 0, count);
            }

            return new(Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
    }

    [GeneratedRegex(@"\A(?:[0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex Hexadecimal();
}
