namespace Moat.Isms.Audits;

/// <summary>Which kinds of records show a clause at work, the first what an auditor opens first.</summary>
internal static class RequirementKinds
{
    private static readonly Dictionary<string, string> ByClause = new()
    {
        ["4.1"] = "ISS",
        ["4.2"] = "PTY OBL",
        ["4.3"] = "SCP",
        ["4.4"] = "CHG",
        ["5.1"] = "COM MREV",
        ["5.3"] = "ROLE",
        ["6.1.1"] = "RISK IMP",
        ["6.1.2"] = "METH RISK",
        ["6.1.3"] = "SOA RISK ACPT",
        ["6.2"] = "OBJ",
        ["6.3"] = "CHG",
        ["7.1"] = "COM",
        ["7.2"] = "COMP PROOF",
        ["7.3"] = "TRN ACK",
        ["7.4"] = "COMM SENT",
        ["7.5.1"] = "DOC",
        ["7.5.2"] = "VER",
        ["7.5.3"] = "VER DOC",
        ["8.1"] = "SUP CHG",
        ["8.2"] = "RISK",
        ["8.3"] = "RISK ACPT",
        ["9.1"] = "OBJ EVD",
        ["9.2.1"] = "AUD FIND",
        ["9.2.2"] = "PROG AUD",
        ["9.3.1"] = "MREV",
        ["9.3.2"] = "MREV",
        ["9.3.3"] = "MREV",
        ["10.1"] = "IMP LES",
        ["10.2"] = "NC ACT",
    };

    /// <summary>
    /// Kinds that everybody makes in the course of a working day: owning or making one is not doing the work of the
    /// clause.
    /// </summary>
    private static readonly HashSet<string> Everyones = ["DOC", "VER", "TRN", "ACK", "EVD", "AUD", "FIND"];

    /// <summary>Kinds that show the clause.</summary>
    public static IReadOnlyList<string> Showing(string clause) =>
        ByClause.TryGetValue(clause, out var kinds) ? kinds.Split(' ') : [];

    /// <summary>Kinds whose owners and makers do the work of the clause.</summary>
    public static IEnumerable<string> Work(string clause) => Showing(clause).Where(k => !Everyones.Contains(k));
}
