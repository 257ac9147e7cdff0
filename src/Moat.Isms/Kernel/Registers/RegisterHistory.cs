namespace Moat.Isms.Kernel.Registers;

/// <summary>
/// What happened to the records of a register over time and has no reference of its own: an auditor samples from it.
/// The process hands it in by being a class of this, in its own folder and with a constructor without parameters, since
/// a pack is verified where there is no installation. Where a sheet would grow too long, the newest are in it.
/// </summary>
public abstract class RegisterHistory
{
    private static readonly ILookup<string, RegisterHistory> HandedIn = IsmsAssemblies
        .ClassesOf<RegisterHistory>()
        .Select(t => (RegisterHistory)Activator.CreateInstance(t, nonPublic: true)!)
        .ToLookup(h => h.Register, StringComparer.Ordinal);

    /// <summary>The histories of a register; none for most.</summary>
    public static IEnumerable<RegisterHistory> Of(string register) => HandedIn[register];

    /// <summary>The register whose history it is.</summary>
    public abstract string Register { get; }

    /// <summary>The sheets, in the order in which they follow those of the records.</summary>
    public abstract Task<IReadOnlyList<TableSheet>> Sheets(IRegisterSource source, CancellationToken ct);

    /// <summary>
    /// A sheet of what a question answers: a row for each, which the journal knows by its last column.
    /// </summary>
    protected static async Task<TableSheet> Sheet<T>(
        IRegisterSource source,
        string name,
        IReadOnlyList<string> headers,
        IQueryable<T> query,
        Func<T, IReadOnlyList<object?>> row,
        CancellationToken ct
    )
    {
        var found = await source.List(query, ct);
        return new TableSheet(name, [.. headers, TableSheet.Record], [.. found.Select(row)]);
    }
}
