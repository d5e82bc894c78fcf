using Vilt.Downloads;

namespace Vilt.Tests.Downloads;

public sealed class ShownAddressTests
{
    [Theory]
    [InlineData("http://user:pass@host:81/a/b%20c?signature=x#y", "http://host:81/a/b%20c")]
    [InlineData("https://token@host/", "https://host/")]
    [InlineData("https://host/path", "https://host/path")]
    public void An_address_is_shown_without_what_may_be_secret(string address, string shown) => Assert.Equal(shown, new Uri(address).Shown());

    [Theory]
    [InlineData("proxy 'http://user:pass@proxy:3128/' failed with 407", "proxy 'http://proxy:3128/' failed with 407")]
    [InlineData("https://a:b@x and http://c@y/d", "https://x and http://y/d")]
    [InlineData("mail me@host or see http://host/@name", "mail me@host or see http://host/@name")]
    public void Names_and_passwords_in_messages_of_others_are_taken_out(string message, string shown) =>
        Assert.Equal(shown, ShownAddress.WithoutSecrets(message));
}
