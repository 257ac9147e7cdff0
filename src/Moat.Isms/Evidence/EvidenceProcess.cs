using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;

namespace Moat.Isms.Evidence;

/// <summary>A piece of evidence: a file, a note or a link, exactly one of them.</summary>
public sealed record AddEvidence
{
    /// <summary>What it shows.</summary>
    [MinLength(3), MaxLength(300)] public required string Title { get; init; }

    /// <summary>Codes of the controls it shows, such as A.8.28.</summary>
    [MinLength(1), MaxLength(50)] public required List<string> Controls { get; init; }

    /// <summary>First day that it observes.</summary>
    public required DateOnly PeriodFrom { get; init; }

    /// <summary>Last day that it observes.</summary>
    public required DateOnly PeriodTo { get; init; }

    /// <summary>How many days after the period it counts, 1 to 730.</summary>
    [Range(1, 730)] public int ValidDays { get; init; } = 92;

    /// <summary>The file.</summary>
    public GivenFile? File { get; init; }

    /// <summary>What a person states.</summary>
    [MaxLength(8000)] public string? Note { get; init; }

    /// <summary>Where it can be seen; an https address.</summary>
    [MaxLength(2000), RegularExpression("https://.+", ErrorMessage = "An https address is needed.")] public string? Link { get; init; }
}

/// <summary>Evidence to take back.</summary>
public sealed record WithdrawEvidence : ChangeRecord
{
    /// <summary>Why it does not count any more.</summary>
    [MinLength(5), MaxLength(2000)] public required string Reason { get; init; }
}

/// <summary>Evidence in the register.</summary>
public sealed record EvidenceRow(
    string Ref, int Version, string Title, EvidenceKind Kind, string? FileName, int Size, string Sha256, DateOnly PeriodFrom, DateOnly PeriodTo,
    DateOnly ValidUntil, string CollectedBy, DateTime CollectedAt, DateTime? WithdrawnAt, string? WithdrawnBecause, string? Text);

/// <summary>Evidence: what shows that the ISMS operates (clause 9.1).</summary>
[Process("evidence", "Files, notes and links that show that controls operate, each with the period it observes (9.1).")]
public sealed class EvidenceProcess(MoatDb db, CurrentCaller caller, IBlobStore blobs)
{
    private static readonly Pager<EvidenceItem> Pages = new();

    /// <summary>A page of the evidence.</summary>
    [Query("list", Permission.ReadIsms, "List evidence")]
    public Task<Page<EvidenceRow>> List(ListInput input, CancellationToken ct) =>
        Pages.Page(
            db, db.Set<EvidenceItem>(), input,
            e => new EvidenceRow(
                "EVD-" + e.Number, e.Version, e.Title, e.Kind, e.FileName, e.Size, e.Sha256, e.PeriodFrom, e.PeriodTo, e.ValidUntil,
                e.CollectedBy, e.CreatedAt, e.WithdrawnAt, e.WithdrawnBecause, e.Text),
            ct);

    /// <summary>Adds evidence and connects it with the controls it shows.</summary>
    [Operation("add", Permission.EditEvidence, "Add a file, note or link that shows controls at work over a period")]
    public async Task<Done> Add(AddEvidence input, CancellationToken ct)
    {
        if (input.PeriodTo < input.PeriodFrom) throw new InputInvalid("periodTo", "The period ends before it begins.");
        if (input.PeriodTo > db.Today) throw new InputInvalid("periodTo", "A period that is not over yet cannot be shown.");
        if (new object?[] { input.File, input.Note, input.Link }.Count(x => x is not null) != 1)
            throw new InputInvalid("file", "Give exactly one of file, note and link.");
        var content = input.File?.Content ?? Encoding.UTF8.GetBytes(input.Note ?? input.Link!);
        if (content.Length == 0) throw new InputInvalid("file", "The file is empty.");
        var controls = await db.Set<Control>().Where(c => input.Controls.Contains(c.Code)).ToListAsync(ct);
        if (input.Controls.Except(controls.Select(c => c.Code)).FirstOrDefault() is { } unknown)
            throw new InputInvalid("controls", $"There is no control {unknown}.");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        if (input.File is not null) await blobs.Put(caller.OrganizationId, sha256, content, ct);
        var item = await db.Enter(
            new EvidenceItem
            {
                Title = input.Title,
                Kind = input.File is not null ? EvidenceKind.File : input.Note is not null ? EvidenceKind.Note : EvidenceKind.Link,
                Text = input.Note ?? input.Link,
                FileName = input.File is { } file ? Path.GetFileName(file.Name) : null,
                ContentType = input.File is null ? null : ContentKind.Of(content),
                Size = content.Length,
                Sha256 = sha256,
                PeriodFrom = input.PeriodFrom,
                PeriodTo = input.PeriodTo,
                ValidUntil = input.PeriodTo.AddDays(input.ValidDays),
                CollectedBy = caller.Value.Name,
            }, ct);
        foreach (var control in controls) await db.Connect(item, LinkTypes.Evidences, control, ct);
        return new Done(item);
    }

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
        if (item.Kind != EvidenceKind.File) throw new InputInvalid("ref", $"{item.Ref} is a {item.Kind.ToString().ToLowerInvariant()} without a file.");
        return new MadeFile(item.FileName!, item.ContentType!, await blobs.Get(caller.OrganizationId, item.Sha256, ct));
    }
}

/// <summary>Finds a file's media type from its first bytes; what a browser could run is never named as such.</summary>
internal static class ContentKind
{
    private static readonly (byte[] Start, string Type)[] Known =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ([0x89, 0x50, 0x4E, 0x47], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("PK"u8.ToArray(), "application/zip"),
    ];

    public static string Of(byte[] content)
    {
        var known = Known.FirstOrDefault(k => content.AsSpan().StartsWith(k.Start)).Type;
        return known ?? (content.AsSpan(0, Math.Min(content.Length, 512)).Contains((byte)0) ? "application/octet-stream" : "text/plain");
    }
}
