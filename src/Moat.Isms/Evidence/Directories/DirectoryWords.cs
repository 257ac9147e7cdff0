namespace Moat.Isms.Evidence.Directories;

/// <summary>Words with which directories say yes and no, and in what state an account is.</summary>
internal static class DirectoryWords
{
    private static readonly string[] Yes = ["true", "yes", "1", "on"];
    private static readonly string[] No = ["false", "no", "0", "off"];
    private static readonly string[] Works = ["active", "enabled", "enforced", "enrolled"];
    private static readonly string[] Ended =
    [
        "inactive",
        "disabled",
        "suspended",
        "deprovisioned",
        "none",
        "not enrolled",
        "blocked",
        "deactivated",
    ];

    // Columns such as "Suspended", in which yes means that the account does not work.
    private static readonly string[] Against =
    [
        "suspended",
        "disabled",
        "blocked",
        "inactive",
        "deactivated",
        "deprovisioned",
        "gesperrt",
        "deaktiviert",
    ];

    // A lock may end by itself: an account without one works, and of one with it nobody can say.
    private static readonly string[] Locks = ["locked", "lockout", "sperre"];

    /// <summary>Whether a word says that something works; null when it is not understood.</summary>
    /// <param name="text">The word.</param>
    /// <param name="header">What stands above it.</param>
    public static bool? Read(string text, string header = "")
    {
        var word = text.Trim().ToLowerInvariant();
        if (Works.Contains(word))
            return true;
        if (Ended.Contains(word))
            return false;
        var against = Against.Any(a => header.Contains(a, StringComparison.OrdinalIgnoreCase));
        if (Locks.Any(l => header.Contains(l, StringComparison.OrdinalIgnoreCase)))
            return No.Contains(word) ? true : null;
        return Yes.Contains(word) ? !against
            : No.Contains(word) ? against
            : null;
    }
}
