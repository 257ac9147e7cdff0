using Moat.Isms.Kernel.Registers;

namespace Moat.Reports;

/// <summary>
/// Every register with all of its sheets, and the connections between records. One declaration writes them and verifies
/// them.
/// </summary>
public sealed class RegisterSheets(IRegisterSource source)
{
    /// <summary>The sheet of all connections, which is a register of its own in a pack.</summary>
    public const string Links = "links";

    private readonly RegisterTable _tables = new(source);

    /// <summary>The registers of a pack, by name.</summary>
    public static IReadOnlyList<string> All { get; } = [.. RegisterTable.Registers.Keys, Links];

    /// <summary>
    /// The sheets of a register: one for each kind of record in it, then what happened to them over time.
    /// </summary>
    public async Task<IReadOnlyList<TableSheet>> Of(string register, CancellationToken ct)
    {
        if (register == Links)
            return [await _tables.Links(ct)];
        var sheets = new List<TableSheet>();
        foreach (var kind in RegisterTable.Registers[register])
            sheets.Add(await _tables.Of(kind, ct));
        foreach (var history in RegisterHistory.Of(register))
            sheets.AddRange(await history.Sheets(source, ct));
        return sheets;
    }
}
