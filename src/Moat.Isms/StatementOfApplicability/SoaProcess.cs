using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.People;

namespace Moat.Isms.StatementOfApplicability;

/// <summary>Approval of a new version.</summary>
public sealed record PublishSoa
{
    /// <summary>What changed since the last version and why.</summary>
    [MinLength(5), MaxLength(4000)]
    public required string ChangeNote { get; init; }

    /// <summary>
    /// Whether to publish although controls are called implemented that nothing shows; the version says how many.
    /// </summary>
    public bool ConfirmClaims { get; init; }
}

/// <summary>Two versions to compare.</summary>
public sealed record CompareSoa
{
    /// <summary>The earlier version, such as SOA-1.</summary>
    [MaxLength(80)]
    public required string From { get; init; }

    /// <summary>The later version; the rows of today when left out.</summary>
    [MaxLength(80)]
    public string? To { get; init; }
}

/// <summary>A published version.</summary>
public sealed record SoaVersion(
    string Ref,
    int Number,
    DateTime PublishedAt,
    string ApprovedBy,
    bool SoleAuthor,
    int Applicable,
    int Excluded,
    string ChangeNote,
    string Sha256
);

/// <summary>A published version with its rows.</summary>
public sealed record SoaView(SoaVersion Version, IReadOnlyList<SoaRow> Rows);

/// <summary>The rows of today and what keeps them from being published.</summary>
public sealed record SoaDraft(
    IReadOnlyList<SoaRow> Rows,
    IReadOnlyList<FieldError> Missing,
    SoaVersion? Latest,
    IReadOnlyList<SoaChange> ChangedSince
);

/// <summary>The Statement of Applicability (clause 6.1.3 d): versioned, approved, never changed afterwards.</summary>
[Process("soa", "Which controls are needed and why, whether they are in place, and why others are left out (6.1.3 d).")]
public sealed class SoaProcess(MoatDb db, CurrentCaller caller, SecondPerson second, SoaSource source)
{
    private static readonly string[] Deciding = ["controls.create", "controls.edit", "controls.assign", "draft.adopt"];

    /// <summary>Published versions, the latest first.</summary>
    [Query("list", Permission.ReadIsms, "List published versions of the Statement of Applicability")]
    public async Task<IReadOnlyList<SoaVersion>> List(Nothing input, CancellationToken ct) =>
        await db.Set<Soa>()
            .OrderByDescending(s => s.Number)
            .Take(200)
            .Select(s => new SoaVersion(
                "SOA-" + s.Number,
                s.Number,
                s.CreatedAt,
                s.ApprovedBy,
                s.SoleAuthor,
                s.Applicable,
                s.Excluded,
                s.ChangeNote,
                s.Sha256
            ))
            .ToListAsync(ct);

    /// <summary>One published version with its rows.</summary>
    [Query("get", Permission.ReadIsms, "Read one published version")]
    public async Task<SoaView> Get(OneRecord input, CancellationToken ct)
    {
        var soa = await db.One<Soa>(input.Ref, ct);
        return new SoaView(VersionOf(soa), SoaRow.Read(soa.Rows));
    }

    /// <summary>The rows as they stand and what is missing before they can be published.</summary>
    [Query("draft", Permission.ReadIsms, "Rows of today, what is missing, and what changed since the last version")]
    public Task<SoaDraft> Draft(Nothing input, CancellationToken ct) =>
        db.Unchanged(nameof(Draft), () => MakeDraft(ct), ct);

    private async Task<SoaDraft> MakeDraft(CancellationToken ct)
    {
        var rows = await source.Rows(ct);
        var latest = await db.Set<Soa>().OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        return new SoaDraft(
            rows,
            SoaSource.Missing(rows),
            latest is null ? null : VersionOf(latest),
            latest is null ? [] : SoaComparison.Between(SoaRow.Read(latest.Rows), rows)
        );
    }

    /// <summary>Whether the reader may publish the rows of today, and who else could.</summary>
    [Query("approval", Permission.ReadIsms, "Whether you may approve the statement as it stands, and who else could")]
    public async Task<SecondPersonView> Approval(Nothing input, CancellationToken ct) =>
        await second.Look(await PreparedBy(ct), ct);

    // Who decided a row as it stands, and was signed in when they decided rows.
    private async Task<IReadOnlyList<Guid>> PreparedBy(CancellationToken ct) =>
        await second.Writers(Deciding, await source.PreparedBy(ct), DateTime.MinValue, ct);

    /// <summary>What differs between two versions.</summary>
    [Query("compare", Permission.ReadIsms, "Compare two versions, or a version with today")]
    public async Task<IReadOnlyList<SoaChange>> Compare(CompareSoa input, CancellationToken ct)
    {
        var from = SoaRow.Read((await db.One<Soa>(input.From, ct)).Rows);
        var to = input.To is null ? await source.Rows(ct) : SoaRow.Read((await db.One<Soa>(input.To, ct)).Rows);
        return SoaComparison.Between(from, to);
    }

    /// <summary>
    /// Publishes the rows of today as a new version. Refused while a row lacks a reason, an owner or a state, and to
    /// whoever prepared every row, unless nobody else exists and that was recorded; then the version says so.
    /// </summary>
    [
        ProvenInPack,
        ByPerson,
        Operation("publish", Permission.Approve, "Approve and publish a new version; refused while a row is incomplete")
    ]
    public async Task<Done> Publish(PublishSoa input, CancellationToken ct)
    {
        var rows = await source.Rows(ct);
        var missing = SoaSource.Missing(rows);
        if (missing.Count > 0)
            throw new RuleBroken(
                "soa.publish.complete",
                $"The statement cannot be published yet: {missing.Count} {(missing.Count == 1 ? "row is" : "things are")} missing, first {missing[0].Field}: {missing[0].Message}",
                missing
            );
        var sole = await second.Must("soa.publish.second-person", "this version", await PreparedBy(ct), ct);
        MustKnowClaims(rows, input.ConfirmClaims);
        var text = SoaRow.Write(rows);
        return new Done(
            await db.Enter(
                new Soa
                {
                    Rows = text,
                    Sha256 = JournalEntry.HashOf(text),
                    Applicable = rows.Count(r => r.Applicability == Applicability.Applicable),
                    Excluded = rows.Count(r => r.Applicability == Applicability.Excluded),
                    ApprovedBy = caller.Value.Name,
                    SoleAuthor = sole,
                    ChangeNote = input.ChangeNote,
                },
                ct
            )
        );
    }

    /// <summary>Whoever publishes is told first which rows only claim to be implemented.</summary>
    private static void MustKnowClaims(IReadOnlyList<SoaRow> rows, bool confirmed)
    {
        var claimed = rows.Where(r => r.Applicability == Applicability.Applicable && r.Shown == ControlState.Claimed)
            .ToList();
        if (claimed.Count == 0 || confirmed)
            return;
        throw new RuleBroken(
            "soa.publish.claims",
            $"{claimed.Count} {(claimed.Count == 1 ? "control is" : "controls are")} called implemented and nothing that counts shows it. Confirm that the statement is published with these claims.",
            [.. claimed.Select(r => new FieldError(r.Code, "Claimed, not shown."))]
        );
    }

    private static SoaVersion VersionOf(Soa soa) =>
        new(
            soa.Ref,
            soa.Number,
            soa.CreatedAt,
            soa.ApprovedBy,
            soa.SoleAuthor,
            soa.Applicable,
            soa.Excluded,
            soa.ChangeNote,
            soa.Sha256
        );
}
