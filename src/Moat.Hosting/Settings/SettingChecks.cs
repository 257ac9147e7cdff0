using System.Globalization;
using Moat.Isms.Kernel;
using Moat.Storage.Keys;

namespace Moat.Hosting.Settings;

/// <summary>
/// Looks at single settings. What is wrong is written down under the name that the operator wrote, so that all of it
/// is told at once.
/// </summary>
public static class SettingChecks
{
    /// <summary>A web address.</summary>
    public static Uri? Web(GivenSettings given, string path, string? text, string wanted)
    {
        if (text is null)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        given.Refuse(path, 0, $"'{text}' is not {wanted}");
        return null;
    }

    /// <summary>An address to listen at.</summary>
    public static string Listening(GivenSettings given, string path, string text)
    {
        // Hosts such as + and * mean every address of the machine and are none of a URI.
        var plain = text.Replace("//+", "//0.0.0.0", StringComparison.Ordinal)
            .Replace("//*", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            given.Refuse(path, 0, $"'{text}' is nothing to listen on. Write an address such as http://127.0.0.1:4400.");
        return text;
    }

    /// <summary>A connection string in its usual form.</summary>
    public static string? Connection(GivenSettings given, string path, string? text)
    {
        try
        {
            return text is null ? null : Connection(text);
        }
        catch (FormatException e)
        {
            given.Refuse(path, 0, e.Message);
            return null;
        }
    }

    /// <summary>A connection string in its usual form. Throws <see cref="FormatException"/>.</summary>
    public static string Connection(string text)
    {
        try
        {
            return new Npgsql.NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new FormatException(
                $"This is no connection string of PostgreSQL ({e.Message}). Write one such as "
                    + "\"Host=localhost;Username=moat;Password=…;Database=moat\".",
                e
            );
        }
    }

    /// <summary>The journal's key itself; nothing of it is told.</summary>
    public static void JournalKey(GivenSettings given, string path, string text)
    {
        try
        {
            KeyText.Read(text, given.KeyOf(path));
        }
        catch (Unavailable)
        {
            given.Refuse(
                path,
                0,
                "This is not the key of a journal: a name and 32 bytes in Base64 are needed, as 'moat key new' prints them."
            );
        }
    }

    /// <summary>
    /// The key of the buckets; where it is wrong another one, so that what is wrong with a bucket is told as well.
    /// </summary>
    public static string? BucketKey(GivenSettings given, string path, string? text)
    {
        if (text is null || text.Split(':', 2) is [{ Length: > 0 }, { Length: > 0 }])
            return text;
        given.Refuse(path, 0, "This is no key of a bucket. Write its id and its secret with a colon between them.");
        return "id:secret";
    }

    /// <summary>A level of the log.</summary>
    public static LogLevel Level(GivenSettings given, string path, string text)
    {
        if (Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level))
            return level;
        given.Refuse(path, 0, $"'{text}' is no level. It is one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
        return LogLevel.Warning;
    }

    /// <summary>A file that is there.</summary>
    public static string? Existing(GivenSettings given, string path, string? text)
    {
        if (text is not null && !File.Exists(text))
            given.Refuse(path, 0, $"There is no file '{text}'.");
        return text;
    }

    /// <summary>Where clamd listens.</summary>
    public static string? Scanner(GivenSettings given, string path, string? text)
    {
        if (text is null || text.StartsWith('/'))
            return text;
        var colon = text.LastIndexOf(':');
        if (
            colon <= 0
            || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port == 0
        )
            given.Refuse(path, 0, $"'{text}' is neither the path of a socket nor host:port, such as 127.0.0.1:3310.");
        return text;
    }

    /// <summary>Each value of a list.</summary>
    public static IReadOnlyList<T> Each<T>(
        GivenSettings given,
        string path,
        IReadOnlyList<string> texts,
        Func<string, T> read
    )
    {
        var found = new List<T>();
        for (var at = 0; at < texts.Count; at++)
        {
            try
            {
                found.Add(read(texts[at]));
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                given.Refuse(path, at, e.Message);
            }
        }
        return found;
    }
}
