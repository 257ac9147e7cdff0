using System.Globalization;
using Moat.Isms.Kernel;

namespace Moat.Isms.Audits;

/// <summary>
/// Which kinds of records show a clause at work, as the kinds themselves say, the first what an auditor opens first.
/// </summary>
internal static class RequirementKinds
{
    private static readonly ILookup<string, RecordKind> ByClause = (
        from kind in RecordKind.All.Values
        from shown in kind.Declared.Shows.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let parts = shown.Split('/')
        orderby parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1, kind.Prefix
        select (Clause: parts[0], Kind: kind)
    ).ToLookup(x => x.Clause, x => x.Kind);

    /// <summary>Kinds that show the clause.</summary>
    public static IReadOnlyList<string> Showing(string clause) => [.. ByClause[clause].Select(k => k.Prefix)];

    /// <summary>Kinds whose owners and makers do the work of the clause.</summary>
    public static IEnumerable<string> Work(string clause) =>
        ByClause[clause].Where(k => !k.Declared.Everyones).Select(k => k.Prefix);
}
