namespace Microsoft.DotNet.Interactive;

/// <summary>A secret that shows itself as stars.</summary>
/// <param name="clearTextPassword">The secret.</param>
public sealed class PasswordString(string clearTextPassword)
{
    /// <summary>The secret itself, where a string is asked for.</summary>
    public static implicit operator string(PasswordString password) => password.GetClearTextPassword();

    /// <summary>The secret itself.</summary>
    public string GetClearTextPassword() => clearTextPassword;

    /// <summary>Stars.</summary>
    public override string ToString() => "************";
}
