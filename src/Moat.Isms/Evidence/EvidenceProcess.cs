using System.Linq.Expressions;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;

namespace Moat.Isms.Evidence;

/// <summary>Evidence: what shows that the ISMS operates (clause 9.1).</summary>
[Process(Name, Summary)]
public sealed class EvidenceProcess(
    MoatDb db,
    CurrentCaller caller,
    IBlobStore blobs,
    EvidenceKeeper keeper,
    RecordFinder finder
)
{
    internal const string Name = "evidence";
    internal const string Summary =
        "What shows that controls operate, each with the period it observes, its origin and its completeness (9.1).";

    private const int MostPreviewed = 4000;

    private static readonly Pager<EvidenceItem> Pages = new();
    private static readonly Expression<Func<EvidenceItem, EvidenceRow>> Row = e => new EvidenceRow
    {
        Ref = "EVD-" + e.Number,
        Version = e.Version,
        Title = e.Title,
        Kind = e.Kind,
        FileName = e.FileName,
        Size = e.Size,
        Sha256 = e.Sha256,
        PeriodFrom = e.PeriodFrom,
        PeriodTo = e.PeriodTo,
        ValidUntil = e.ValidUntil,
        CollectedBy = e.CollectedBy,
        CollectedAt = e.CreatedAt,
        WithdrawnAt = e.WithdrawnAt,
        WithdrawnBecause = e.WithdrawnBecause,
        Text = e.Text,
        Population = e.Population,
        Complete = e.Complete,
        Classification = e.Classification,
        Clauses = e.Clauses,
        Controls = new List<string>(),
        Origin = e.Origin,
        ShownAs = e.ShownAs,
    };
    private static readonly Func<EvidenceItem, EvidenceRow> RowOf = Row.Compile();

    /// <summary>A page of the evidence.</summary>
    [Query("list", Permission.ReadIsms, "List evidence")]
    public async Task<Page<EvidenceRow>> List(ListEvidence input, CancellationToken ct)
    {
        var (query, today) = (db.Set<EvidenceItem>().AsQueryable(), db.Today);
        if (input.Kind is { } kind)
            query = query.Where(e => e.Kind == kind);
        if (input.Counts is { } counts)
            query = query.Where(e => (e.WithdrawnAt == null && e.ValidUntil >= today) == counts);
        var page = await Pages.Page(db, query, input, Row, ct);
        var shown = await Shown([.. page.Items.Select(r => RecordKind.Parse(r.Ref)!.Value.Number)], ct);
        return page with
        {
            Items = [.. page.Items.Select(r => r with { Controls = [.. shown[r.Ref].Select(c => c.Ref)] })],
        };
    }

    /// <summary>One piece of evidence: what it shows, where it comes from, and how it begins.</summary>
    [Query("get", Permission.ReadIsms, "Read one piece of evidence with the controls it shows and where it comes from")]
    public async Task<EvidenceView> Get(OneRecord input, CancellationToken ct)
    {
        var item = await db.One<EvidenceItem>(input.Ref, ct);
        var controls = (await Shown([item.Number], ct))[item.Ref].ToList();
        return new EvidenceView(
            RowOf(item) with
            {
                Controls = [.. controls.Select(c => c.Ref)],
            },
            controls,
            await Preview(item, ct)
        );
    }

    /// <summary>
    /// Connects evidence with further controls and clauses that it shows. What it is made of never changes.
    /// </summary>
    [Operation("serve", Permission.EditEvidence, "Let a piece of evidence show further controls or clauses")]
    public async Task<Done> Serve(ServeEvidence input, CancellationToken ct)
    {
        var item = await db.One<EvidenceItem>(input, ct);
        await keeper.Serve(item, input.Controls, input.Clauses, ct);
        return new Done(item);
    }

    /// <summary>Adds evidence and connects it with the controls it shows.</summary>
    [
        ProvenInPack,
        Operation(
            "add",
            Permission.EditEvidence,
            "Add a file, note, link, record or collected facts that show controls at work over a period"
        )
    ]
    public async Task<Done> Add(AddEvidence input, CancellationToken ct)
    {
        var given = new object?[]
        {
            input.File,
            input.Note,
            input.Link,
            input.Record,
            input.Resources.Count > 0 ? input.Resources : null,
        };
        if (given.Count(x => x is not null) != 1)
            throw new InputInvalid("file", "Give exactly one of file, note, link, record and resources.");
        return new Done(await keeper.Keep(await Content(input, ct), input, ct));
    }

    /// <summary>Keeps what a person states and answers for; whoever is signed in gives the password again.</summary>
    [
        ByPerson,
        Operation(
            "attest",
            Permission.EditEvidence,
            "State something that shows controls at work, and answer for it with your name"
        )
    ]
    public async Task<Done> Attest(AttestEvidence input, CancellationToken ct) =>
        new(
            await keeper.Keep(
                Words(input.Title, EvidenceKind.Attestation, input.Statement) with
                {
                    Origin = EvidenceOrigin.ConfirmedPerson,
                },
                input,
                ct
            )
        );

    /// <summary>Takes evidence back; it stays readable with the reason.</summary>
    [Operation("withdraw", Permission.EditEvidence, "Withdraw evidence with a reason; it stays readable")]
    public async Task<Done> Withdraw(WithdrawEvidence input, CancellationToken ct)
    {
        var item = await db.One<EvidenceItem>(input, ct);
        item.Withdraw(input.Reason, db.Now);
        return new Done(item);
    }

    /// <summary>The file of an item, as it was given.</summary>
    [Query("download", Permission.ReadIsms, "Download the file of a piece of evidence")]
    public async Task<MadeFile> Download(OneRecord input, CancellationToken ct)
    {
        var item = await db.One<EvidenceItem>(input.Ref, ct);
        if (item.FileName is null)
            throw new InputInvalid("ref", $"{item.Ref} is a {item.Kind.ToString().ToLowerInvariant()} without a file.");
        return new MadeFile(item.FileName, item.ContentType!, await blobs.Open(caller.OrganizationId, item.Sha256, ct));
    }

    /// <summary>
    /// The controls that pieces of evidence show, by the reference of the piece, in the order of the standard.
    /// </summary>
    private async Task<ILookup<string, ShownControl>> Shown(List<int> numbers, CancellationToken ct) =>
        (
            await (
                from link in db.Links
                where link.Type == LinkTypes.Evidences
                join item in db.Set<EvidenceItem>() on link.FromId equals item.Id
                join control in db.Set<Control>() on link.ToId equals control.Id
                where numbers.Contains(item.Number)
                orderby control.Order, control.Number
                select new { Ref = "EVD-" + item.Number, Control = new ShownControl(control.Code, control.Title) }
            ).ToListAsync(ct)
        ).ToLookup(x => x.Ref, x => x.Control);

    private async Task<string?> Preview(EvidenceItem item, CancellationToken ct)
    {
        if (item.FileName is null)
            return item.Text;
        if (item.ContentType != ContentKind.Text || item.Size > MostPreviewed * 100)
            return null;
        var text = Encoding.UTF8.GetString(await blobs.Read(caller.OrganizationId, item.Sha256, ct));
        return text.Length <= MostPreviewed ? text : $"{text[..MostPreviewed]}\n…";
    }

    private async Task<EvidenceContent> Content(AddEvidence input, CancellationToken ct)
    {
        if (input.File is { } file)
            return new(input.Title, EvidenceKind.File, file.Content, FileName: Path.GetFileName(file.Name));
        if (input.Record is { } reference)
            return Words(input.Title, EvidenceKind.Record, await NameOf(reference, ct));
        if (input.Resources.Count > 0)
            return await Facts(input, ct);
        return input.Note is { } note
            ? Words(input.Title, EvidenceKind.Note, note)
            : Words(input.Title, EvidenceKind.Link, input.Link!);
    }

    private static EvidenceContent Words(string title, EvidenceKind kind, string text) =>
        new(title, kind, EvidenceKeeper.Bytes(text), text);

    private async Task<string> NameOf(string reference, CancellationToken ct)
    {
        var record = await finder.One(reference, ct);
        return $"{record.Ref} {record.Caption}, version {record.Version}, changed {record.ChangedAt:yyyy-MM-dd} by {record.ChangedBy}";
    }

    /// <summary>The facts as they stand, in a file that keeps them together with their hashes.</summary>
    private async Task<EvidenceContent> Facts(AddEvidence input, CancellationToken ct)
    {
        var facts = new JsonArray();
        foreach (var reference in input.Resources.Distinct())
        {
            var resource = await db.One<Resource>(reference, ct);
            var content = await db.Set<ResourceFact>()
                .Where(f => f.ResourceId == resource.Id)
                .OrderByDescending(f => f.ObservedAt)
                .Select(f => f.Content)
                .FirstAsync(ct);
            facts.Add(
                new JsonObject
                {
                    ["resource"] = resource.Ref,
                    ["kind"] = resource.Kind,
                    ["name"] = resource.Name,
                    ["toldBy"] = resource.ToldBy,
                    ["observedAt"] = $"{resource.ObservedAt:O}",
                    ["lastSeenAt"] = $"{resource.LastSeenAt:O}",
                    ["sha256"] = resource.Sha256,
                    ["fact"] = JsonNode.Parse(content),
                }
            );
        }
        return new EvidenceContent(
            input.Title,
            EvidenceKind.Fact,
            EvidenceKeeper.Bytes(facts.ToJsonString()),
            FileName: $"facts-{db.Today:yyyy-MM-dd}.json",
            CollectedBy: "Moat",
            Origin: EvidenceOrigin.Moat
        );
    }
}
