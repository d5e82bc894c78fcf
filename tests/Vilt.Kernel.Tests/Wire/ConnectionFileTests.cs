using System.Text.Json.Nodes;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Tests.Wire;

public sealed class ConnectionFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Reads_what_jupyter_client_writes()
    {
        Write("kernel_name", ".net-csharp");
        Assert.Equal(new ConnectionFile(1, 2, 3, 4, 5, "k"), ConnectionFile.Read(path));
    }

    [Theory]
    [InlineData("transport", "ipc")]
    [InlineData("ip", "10.0.0.1")]
    [InlineData("ip", "0.0.0.0")]
    [InlineData("signature_scheme", "hmac-sha1")]
    [InlineData("shell_port", 70000)]
    [InlineData("iopub_port", 0)]
    [InlineData("key", null)]
    [InlineData("hb_port", "five")]
    [InlineData("stdin_port", null)]
    public void What_is_not_served_is_told_by_file_and_field(string field, object? value)
    {
        Write(field, JsonValue.Create(value));
        var message = Assert.Throws<ConnectionFileException>(() => ConnectionFile.Read(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(field.EndsWith("_port", StringComparison.Ordinal) ? "port" : field, message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void A_damaged_file_is_told_by_its_name(string content)
    {
        File.WriteAllText(path, content);
        Assert.Contains(path, Assert.Throws<ConnectionFileException>(() => ConnectionFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_told_by_its_name() =>
        Assert.Contains("/no/such", Assert.Throws<ConnectionFileException>(() => ConnectionFile.Read("/no/such")).Message, StringComparison.Ordinal);

    private void Write(string field, JsonNode? value)
    {
        var json = new JsonObject
        {
            ["shell_port"] = 1,
            ["iopub_port"] = 2,
            ["stdin_port"] = 3,
            ["control_port"] = 4,
            ["hb_port"] = 5,
            ["ip"] = "127.0.0.1",
            ["key"] = "k",
            ["transport"] = "tcp",
            ["signature_scheme"] = "hmac-sha256",
        };
        json[field] = value;
        File.WriteAllText(path, json.ToJsonString());
    }
}
