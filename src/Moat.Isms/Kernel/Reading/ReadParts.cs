using System.Globalization;
using System.Text.Json;
using Moat.Isms.Kernel.Reading.Schemas;

namespace Moat.Isms.Kernel.Reading;

/// <summary>
/// Which members of a format a reader reads. What else stands in a file is named, so that nobody takes silence for
/// reading; and a place that does not follow the format's schema counts where it is read, and is only told of where it
/// is not.
/// </summary>
public sealed class ReadParts
{
    /// <summary>The most names that are told of one file; the rest are counted.</summary>
    public const int MostNames = 12;

    private const int MostPlaces = 5;
    private const string Whole = "**";
    private const char Loose = '?';

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);
    private readonly HashSet<string> _loose = new(StringComparer.Ordinal);
    private readonly HashSet<string> _above = new(StringComparer.Ordinal);
    private readonly HashSet<string> _through = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _same;

    /// <summary>Names the members.</summary>
    /// <param name="members">Paths such as <c>components[].type</c>, parted by blanks. One that ends with ** is read
    /// with all below it; a ? behind it says that nothing depends on its form.</param>
    /// <param name="same">Paths that are read as others are, such as components within components.</param>
    public ReadParts(string members, IReadOnlyDictionary<string, string>? same = null)
    {
        _same = same ?? new Dictionary<string, string>();
        foreach (var written in members.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var member = written.TrimEnd(Loose);
            var path = member.EndsWith(Whole, StringComparison.Ordinal) ? member[..^Whole.Length] : member;
            _read.Add(path);
            if (path.Length < member.Length)
                _whole.Add(path);
            if (member.Length < written.Length)
                _loose.Add(path);
            for (var above = Above(path); above.Length > 0; above = Above(above))
                _above.Add(above);
        }
        // What is read as something else lies below members that are looked into.
        foreach (var spelled in _same.Keys)
            for (var above = Above(spelled); above.Length > 0 && !_above.Contains(above); above = Above(above))
                _through.Add(above);
        Members = [.. _read.Order(StringComparer.Ordinal)];
    }

    /// <summary>The members that are read, in order.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>
    /// One sentence that names what a file has and the reader does not read; nothing when it reads everything.
    /// </summary>
    public string? NotRead(JsonElement root)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        Walk(root, "", found);
        return Named(found);
    }

    /// <summary>The same of names that a reader gathered itself, with how often each stands there.</summary>
    internal static string? Named(IReadOnlyDictionary<string, int> found)
    {
        if (found.Count == 0)
            return null;
        var names = found
            .OrderBy(f => f.Key, StringComparer.Ordinal)
            .Take(MostNames)
            .Select(f =>
                f.Value == 1 ? f.Key : string.Create(CultureInfo.InvariantCulture, $"{f.Key} ({f.Value:N0} times)")
            )
            .ToList();
        var more =
            found.Count > names.Count
                ? string.Create(CultureInfo.InvariantCulture, $" and {found.Count - names.Count:N0} more")
                : "";
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{found.Count:N0} {(found.Count == 1 ? "part" : "parts")} of this file "
            ) + $"{(found.Count == 1 ? "is" : "are")} not read: {string.Join(", ", names)}{more}.";
    }

    /// <summary>Whether what the reader says depends on the place of the violation.</summary>
    public bool Matters(SchemaViolation violation)
    {
        var path = Known(violation.Member);
        if (path.Length == 0 || _above.Contains(path))
            return true;
        for (var at = path; at.Length > 0; at = Above(at))
            if (_read.Contains(at) && (at == path || _whole.Contains(at)))
                return !_loose.Contains(at);
        return false;
    }

    /// <summary>The path under which a member of the file is read.</summary>
    public string Known(string member)
    {
        var path = "";
        foreach (var step in Steps(member))
            path = Same(path.Length == 0 || step == "[]" ? path + step : $"{path}.{step}");
        return path;
    }

    /// <summary>One sentence about the places that do not follow the schema; nothing when there are none.</summary>
    public static string? Told(PublishedSchema schema, IReadOnlyList<SchemaViolation> violations)
    {
        if (violations.Count == 0)
            return null;
        var count =
            violations.Count < SchemaCheck.Most
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{violations.Count} {(violations.Count == 1 ? "place" : "places")}"
                )
                : $"{SchemaCheck.Most} places or more";
        var more = violations.Count > MostPlaces ? " …" : "";
        var places = string.Join(" ", violations.Take(MostPlaces).Select(v => v.Sentence));
        return $"The file does not follow the schema of {schema.Name} in {count}: {places}{more}";
    }

    private void Walk(JsonElement value, string path, Dictionary<string, int> found)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                Walk(item, Same($"{path}[]"), found);
            return;
        }
        if (value.ValueKind != JsonValueKind.Object)
            return;
        foreach (var property in value.EnumerateObject())
        {
            var below = Same(path.Length == 0 ? property.Name : $"{path}.{property.Name}");
            if (_whole.Contains(below))
                continue;
            if (_above.Contains(below) || _through.Contains(below))
                Walk(property.Value, below, found);
            else if (!_read.Contains(below))
                found[below.Cut(80)] = found.GetValueOrDefault(below.Cut(80)) + 1;
        }
    }

    private string Same(string path) => _same.GetValueOrDefault(path, path);

    private static string Above(string path) =>
        path.EndsWith("[]", StringComparison.Ordinal) ? path[..^2]
        : path.LastIndexOf('.') is var cut and > 0 ? path[..cut]
        : "";

    private static IEnumerable<string> Steps(string member)
    {
        foreach (var name in member.Split('.'))
        {
            var bare = name;
            while (bare.EndsWith("[]", StringComparison.Ordinal))
                bare = bare[..^2];
            if (bare.Length > 0)
                yield return bare;
            for (var lists = (name.Length - bare.Length) / 2; lists > 0; lists--)
                yield return "[]";
        }
    }
}
