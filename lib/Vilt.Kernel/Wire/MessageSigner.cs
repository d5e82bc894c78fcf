using System.Security.Cryptography;
using System.Text;

namespace Vilt.Kernel.Wire;

/// <summary>Signs messages with HMAC-SHA256 over the four JSON frames, as jupyter_client's <c>Session.sign</c> does.</summary>
internal sealed class MessageSigner(string key)
{
    private readonly byte[] key = Encoding.UTF8.GetBytes(key);

    /// <summary>The signature in lowercase hexadecimal; empty when the key is.</summary>
    public byte[] Sign(params ReadOnlySpan<byte[]> frames)
    {
        if (key.Length == 0)
        {
            return [];
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var frame in frames)
        {
            hash.AppendData(frame);
        }

        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Compares in a time that does not reveal how much of the signature is right.</summary>
    public bool IsSigned(byte[] signature, params ReadOnlySpan<byte[]> frames) =>
        key.Length == 0 || CryptographicOperations.FixedTimeEquals(Sign(frames), signature);
}
