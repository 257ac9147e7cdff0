namespace Moat.Server.Accounts;

/// <summary>Addresses to go back to after signing in.</summary>
internal static class LocalUrl
{
    /// <summary>The address if it is one of ours, else the other one; never another site.</summary>
    public static string Or(string? url, string other) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : other;
}
