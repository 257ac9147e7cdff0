using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.Tables;

/// <summary>What was understood in a way that somebody should know.</summary>
internal sealed class TableRemarks(string many, IReadOnlyList<Person> people)
{
    private const int Most = 20;
    private readonly List<string> _said = [];

    /// <summary>Each remark once, the first twenty.</summary>
    public IReadOnlyList<string> Some => [.. _said.Distinct().Take(Most)];

    /// <summary>Says something.</summary>
    public void Say(string remark) => _said.Add(remark);

    /// <summary>The person whom a cell names by name or e-mail; a name that nobody has is remarked on.</summary>
    public Guid? Owner(RowReading line)
    {
        if (line.Text("owner", 400) is not { } owner)
            return null;
        var found = people.Where(p => Same(p.Name, owner) || Same(p.Email, owner)).ToList();
        if (found.Count > 1)
            Say(
                $"'{owner.Cut(60)}' is the name of several people; those {many} have no owner yet. "
                    + "Write the e-mail address instead."
            );
        var person = found.Count == 1 ? found[0] : null;
        if (found.Count == 0)
            Say($"'{owner.Cut(60)}' is nobody in the register of people; those {many} have no owner yet.");
        return person?.Id;
    }

    private static bool Same(string a, string b) => a.Equals(b.Trim(), StringComparison.OrdinalIgnoreCase);
}
