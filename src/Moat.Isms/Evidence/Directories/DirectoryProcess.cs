using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Tables;

namespace Moat.Isms.Evidence.Directories;

/// <summary>The accounts of a directory, all of them.</summary>
public sealed record GiveDirectory : IReadFirst
{
    /// <summary>A table (CSV, XLSX) or SCIM 2.0 users as JSON.</summary>
    public required GivenFile File { get; init; }

    /// <summary>Whether the file lists every account; those it does not name are then gone.</summary>
    public bool Complete { get; init; }

    /// <summary>Which sheet of a workbook; the one that fits best when left out.</summary>
    [MaxLength(100)]
    public string? Sheet { get; init; }

    /// <summary>The number of the row with the headers; found when left out.</summary>
    [Range(1, TableReader.MostRows)]
    public int? HeaderRow { get; init; }

    /// <summary>
    /// Headers by field (email, id, name, active, login, mfa), for columns that were not recognised or were matched
    /// wrongly.
    /// </summary>
    public Dictionary<string, string>? Columns { get; init; }

    private ReadDirectory? _read;

    /// <summary>
    /// What the file tells. Throws <see cref="InputInvalid"/>, also where it is to be whole and says itself that it is
    /// not.
    /// </summary>
    internal ReadDirectory Read()
    {
        _read ??= DirectoryReader.Read(File, new TableChoice(Sheet, HeaderRow, Columns));
        return Complete && _read.Lacks is { } lacks
            ? throw new InputInvalid(
                "complete",
                $"{lacks} Those it does not hold are not gone: export all of them, or import it as a part."
            )
            : _read;
    }

    /// <inheritdoc />
    void IReadFirst.ReadFirst() => Read();
}

/// <summary>What became of a directory.</summary>
public sealed record DirectoryTaken(int Accounts, int Discovered, int Changed, int Gone)
{
    /// <summary>
    /// What of the file was not taken, and the words that are not understood, with their places; what these were to say
    /// is unknown.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>
/// Facts about accounts: who can sign in, with what, and whether they still work here (A.5.16, A.5.18, A.8.5).
/// </summary>
[Process(
    "directory",
    "Facts about accounts of the identity provider, joined with the people register (A.5.16, A.5.18)."
)]
public sealed class DirectoryProcess(MoatDb db, FactIntake intake)
{
    private const string Kind = "directory.person";
    private const string ToldBy = "directory";
    private const int AtOnce = 1000;
    private const int MostTold = 50;
    private const int LongestWord = 80;

    /// <summary>
    /// Takes the accounts in. What the directory does not say, such as a second factor in SCIM, is unknown.
    /// </summary>
    [Operation(
        "import",
        Permission.EditEvidence,
        "Take in the accounts of a directory (CSV, XLSX or SCIM 2.0 JSON) as facts"
    )]
    public async Task<DirectoryTaken> Import(GiveDirectory input, CancellationToken ct)
    {
        var read = input.Read();
        var accounts = read.Accounts;
        var today = db.Today;
        var people = (await db.Set<Person>().Select(p => new { p.Email, p.LeftOn }).ToListAsync(ct))
            .GroupBy(p => p.Email)
            .ToDictionary(g => g.Key, g => g.First().LeftOn, StringComparer.OrdinalIgnoreCase);
        var (discovered, changed) = (0, 0);
        foreach (var batch in accounts.Chunk(AtOnce))
        {
            var taken = await intake.Take(
                [.. batch.Select(a => Fact(a, people.TryGetValue(a.Email, out var left), left <= today))],
                ct
            );
            (discovered, changed) = (discovered + taken.Discovered, changed + taken.Changed);
        }
        var gone = input.Complete ? await intake.MarkGone(ToldBy, [Kind], db.Now, ct) : 0;
        return new DirectoryTaken(accounts.Count, discovered, changed, gone) { Remarks = Remarks(read) };
    }

    private static List<string> Remarks(ReadDirectory read)
    {
        var unread = read.Accounts.SelectMany(a => a.Unread).ToList();
        List<string> told = [.. read.Lacks is { } lacks ? [lacks] : Array.Empty<string>(), .. read.Remarks];
        told.AddRange(
            unread
                .Take(MostTold)
                .Select(u => $"'{u.Word.Cut(LongestWord)}' in {u.Place.Cut(2 * LongestWord)} is not understood.")
        );
        if (unread.Count > MostTold)
            told.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{unread.Count - MostTold:N0} more words are not understood."
                )
            );
        return told;
    }

    private ObservedFact Fact(DirectoryAccount account, bool known, bool left)
    {
        var fact = new JsonObject
        {
            ["name"] = account.Name,
            ["email"] = account.Email,
            ["active"] = account.Active,
            ["mfa"] = account.SecondFactor,
            ["known"] = known,
            ["left"] = left,
        };
        var unknown = new JsonObject();
        if (account.Active is null)
            unknown["active"] = Why(account, "active");
        if (account.SecondFactor is null)
            unknown["mfa"] = Why(account, "mfa");
        if (unknown.Count > 0)
            fact["unknown"] = unknown;
        return new ObservedFact(Kind, ToldBy, Cut(account.Id), Cut(account.Name), db.Now, FactText.Of(fact));
    }

    private static string Why(DirectoryAccount account, string field) =>
        account.Unread.FirstOrDefault(u => u.Field == field) is { } unread
            ? $"'{unread.Word.Cut(LongestWord)}' is not understood"
            : "the directory does not say";

    private static string Cut(string text) => text.Length <= 400 ? text : text[..400];
}
