using System.Text;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence.Counting;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Knowledge;

namespace Moat.Isms.Evidence;

/// <summary>What a piece of evidence is made of.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Content">The bytes whose hash is its address.</param>
/// <param name="Text">The words of it, where it has no file.</param>
/// <param name="FileName">The file's name, where it has one.</param>
/// <param name="CollectedBy">Who or what collected it; the caller when left out.</param>
/// <param name="Origin">Where it came from; who calls decides when left out.</param>
public sealed record EvidenceContent(
    string Title,
    EvidenceKind Kind,
    GivenContent Content,
    string? Text = null,
    string? FileName = null,
    string? CollectedBy = null,
    EvidenceOrigin? Origin = null
);

/// <summary>Looks for malware in what is uploaded, before anybody can read it.</summary>
public interface IFileScanner
{
    /// <summary>
    /// What was found, or null when nothing was. Throws <see cref="RuleBroken"/> when the scanner does not answer.
    /// </summary>
    Task<string?> Find(GivenContent content, CancellationToken ct);
}

/// <summary>
/// Keeps evidence on behalf of processes, inside their operations: content by its hash, the frame checked, controls
/// connected.
/// </summary>
public sealed class EvidenceKeeper(
    MoatDb db,
    CurrentCaller caller,
    IBlobStore blobs,
    IFileScanner scanner,
    KnowledgeBase knowledge
)
{
    private const int UsualDays = 92;

    /// <summary>Keeps a piece of evidence.</summary>
    public async Task<EvidenceItem> Keep(EvidenceContent content, EvidenceFrame frame, CancellationToken ct)
    {
        if (frame.PeriodTo < frame.PeriodFrom)
            throw new InputInvalid("periodTo", "The period ends before it begins.");
        if (frame.PeriodTo > db.Today)
            throw new InputInvalid("periodTo", "A period that is not over yet cannot be shown.");
        if (content.Content.Length == 0)
            throw new InputInvalid("file", "The file is empty.");
        var origin = content.Origin ?? (caller.Value.IsPerson ? EvidenceOrigin.Person : EvidenceOrigin.Program);
        if (frame.As is { } form && !EvidenceFit.CanBe(content.Kind, origin, form))
            throw new InputInvalid(
                "as",
                $"This is {content.Kind.Words()} and cannot stand as {form.Words()}. Facts are collected and statements are signed; only a file or a record can be named otherwise."
            );
        var controls = await Controls(frame.Controls, frame.Clauses, ct);
        var sha256 = content.FileName is null ? await content.Content.Sha256(ct) : await Store(content.Content, ct);
        var item = await db.Enter(
            new EvidenceItem
            {
                Title = content.Title,
                Kind = content.Kind,
                Text = content.Text,
                FileName = content.FileName,
                ContentType = content.FileName is null ? null : ContentKind.Of(content.Content),
                Size = checked((int)content.Content.Length),
                Sha256 = sha256,
                PeriodFrom = frame.PeriodFrom,
                PeriodTo = frame.PeriodTo,
                ValidUntil = frame.PeriodTo.AddDays(frame.ValidDays ?? Cadence(frame.Controls)),
                CollectedBy = content.CollectedBy ?? caller.Value.Name,
                Population = frame.Population,
                Complete = frame.Complete,
                Classification = frame.Classification,
                Origin = origin,
                ShownAs = frame.As,
                Clauses = frame.Clauses,
            },
            ct
        );
        foreach (var control in controls)
            await db.Connect(item, LinkTypes.Evidences, control, ct);
        return item;
    }

    /// <summary>Lets evidence show further controls and clauses.</summary>
    public async Task Serve(
        EvidenceItem item,
        IReadOnlyCollection<string> codes,
        IReadOnlyCollection<string> clauses,
        CancellationToken ct
    )
    {
        if (item.WithdrawnAt is not null)
            throw new RuleBroken("evidence.serve.withdrawn", $"{item.Ref} is withdrawn, so it shows nothing.");
        var shown = await db
            .Links.Where(l => l.Type == LinkTypes.Evidences && l.FromId == item.Id)
            .Select(l => l.ToId)
            .ToListAsync(ct);
        foreach (var control in (await Controls(codes, clauses, ct)).Where(c => !shown.Contains(c.Id)))
            await db.Connect(item, LinkTypes.Evidences, control, ct);
        item.Serve(clauses);
    }

    /// <summary>Content whose address is its text.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<List<Control>> Controls(
        IReadOnlyCollection<string> codes,
        IReadOnlyCollection<string> clauses,
        CancellationToken ct
    )
    {
        if (codes.Count + clauses.Count == 0)
            throw new InputInvalid("controls", "Name a control or a clause that it shows.");
        var controls = await db.Controls(codes, ct);
        knowledge.MustHaveClauses(clauses);
        return controls;
    }

    private async Task<string> Store(GivenContent content, CancellationToken ct)
    {
        if (ContentKind.IsProgram(content))
            throw new InputInvalid(
                "file",
                "This is a program. Evidence is what a program wrote: a report, a log, a picture."
            );
        if (await scanner.Find(content, ct) is { } malware)
            throw new InputInvalid("file", $"The scanner found {malware} in it. Nothing was kept.");
        return await blobs.Put(caller.OrganizationId, content, ct);
    }

    /// <summary>How long evidence counts: as long as the control that wants it most often allows.</summary>
    private int Cadence(IEnumerable<string> controls) =>
        controls
            .Select(c => knowledge.ControlById.GetValueOrDefault(c))
            .Where(c => c is { Evidence.Count: > 0 })
            .Select(c => c!.Evidence.Max(e => e.MaxAgeDays))
            .DefaultIfEmpty(UsualDays)
            .Min();
}

/// <summary>Finds a file's media type from its first bytes; what a browser could run is never named as such.</summary>
internal static class ContentKind
{
    /// <summary>Whatever holds no zero byte at its beginning.</summary>
    public const string Text = "text/plain";

    private static readonly (byte[] Start, string Type)[] Known =
    [
        ("%PDF-"u8.ToArray(), "application/pdf"),
        ([0x89, 0x50, 0x4E, 0x47], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("PK"u8.ToArray(), "application/zip"),
    ];

    // Windows, Linux and macOS executables.
    private static readonly byte[][] Programs =
    [
        "MZ"u8.ToArray(),
        [0x7F, 0x45, 0x4C, 0x46],
        [0xCF, 0xFA, 0xED, 0xFE],
        [0xCA, 0xFE, 0xBA, 0xBE],
    ];

    private const int Looked = 512;

    public static string Of(GivenContent content)
    {
        var head = content.Head(Looked);
        var known = Known.FirstOrDefault(k => head.AsSpan().StartsWith(k.Start)).Type;
        return known ?? (head.Contains((byte)0) ? "application/octet-stream" : Text);
    }

    public static bool IsProgram(GivenContent content)
    {
        var head = content.Head(Looked);
        return Programs.Any(p => head.AsSpan().StartsWith(p)) && head.Contains((byte)0);
    }
}
