using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Reports.Documents;
using Moat.Reports.Pack;

namespace Moat.Reports;

/// <summary>In which form.</summary>
public enum FileForm
{
    /// <summary>Word.</summary>
    Docx,

    /// <summary>PDF, printed by the Chromium on the server.</summary>
    Pdf,

    /// <summary>A page by itself.</summary>
    Html,

    /// <summary>The filled text.</summary>
    Md,
}

/// <summary>Which document in which form.</summary>
public sealed record ChooseDocument
{
    /// <summary>Such as DOC-2.</summary>
    [MaxLength(80)]
    public required string Document { get; init; }

    /// <summary>Which version, such as 1.0; the one in force, or the latest, when left out.</summary>
    [MaxLength(20)]
    public string? Edition { get; init; }

    /// <summary>docx, pdf, html or md.</summary>
    public FileForm Format { get; init; } = FileForm.Docx;
}

/// <summary>All documents in one form.</summary>
public sealed record ChooseDocuments
{
    /// <summary>docx, pdf, html or md.</summary>
    public FileForm Format { get; init; } = FileForm.Docx;

    /// <summary>Drafts as well, not only what is in force.</summary>
    public bool Drafts { get; init; }
}

/// <summary>Documents as files, singly and in bulk.</summary>
[Process("reports", "Documents made from the records of today: the Statement of Applicability and every register.")]
public sealed class DocumentReport(MoatDb db, CurrentCaller caller, DocumentTexts texts)
{
    /// <summary>One document.</summary>
    [Query("document", Permission.ReadIsms, "A document as DOCX, PDF, HTML or Markdown")]
    public async Task<MadeFile> One(ChooseDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input.Document, ct);
        var versions = await db.Set<DocumentVersion>()
            .Where(v => v.DocumentId == document.Id)
            .OrderByDescending(v => v.Number)
            .ToListAsync(ct);
        var version = input.Edition is { } edition
            ? versions.FirstOrDefault(v => v.Edition == edition) ?? throw new NotFound($"version {edition}")
            : versions.FirstOrDefault(v => v.State == VersionState.Published) ?? versions[0];
        return await Make(document, version, input.Format, await Organization(ct), ct);
    }

    /// <summary>All of them in an archive.</summary>
    [Query(
        "documents",
        Permission.ReadIsms,
        "All documents in force as an archive of DOCX, PDF, HTML or Markdown files"
    )]
    public async Task<MadeFile> All(ChooseDocuments input, CancellationToken ct)
    {
        var organization = await Organization(ct);
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (document, version) in await Versions(input.Drafts, ct))
            {
                var file = await Make(document, version, input.Format, organization, ct);
                await using var entry = archive.CreateEntry(file.Name).Open();
                await file.CopyTo(entry, ct);
            }
        return new MadeFile(
            $"{caller.Value.Organization}-documents-{db.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.zip",
            "application/zip",
            stream.ToArray()
        );
    }

    internal async Task<IReadOnlyList<(Document Document, DocumentVersion Version)>> Versions(
        bool drafts,
        CancellationToken ct
    )
    {
        var documents = await db.Set<Document>()
            .Where(d => d.Standing == Standing.Adopted && d.RetiredAt == null && d.Kind != DocumentKind.External)
            .OrderBy(d => d.Number)
            .ToListAsync(ct);
        var versions = (
            await db.Set<DocumentVersion>().Where(v => v.State != VersionState.Superseded).ToListAsync(ct)
        ).ToLookup(v => v.DocumentId);
        return
        [
            .. documents
                .Select(d =>
                    (
                        d,
                        versions[d.Id].FirstOrDefault(v => v.State == VersionState.Published)
                            ?? (drafts ? versions[d.Id].MaxBy(v => v.Number) : null)
                    )
                )
                .Where(p => p.Item2 is not null)
                .Select(p => (p.d, p.Item2!)),
        ];
    }

    internal async Task<MadeFile> Make(
        Document document,
        DocumentVersion version,
        FileForm format,
        string organization,
        CancellationToken ct
    )
    {
        var text =
            version.Text.Length > 0 && version.State != VersionState.Draft
                ? version.Text
                : await texts.Fill(document, version.Source, version.Decisions, ct);
        var name = PackFormat.DocumentName(document.Ref, document.Key, version.Edition);
        var facts = await Facts(document, version, ct);
        var header =
            $"{organization} · {document.Title} · version {version.Edition}{(version.State is VersionState.Approved or VersionState.Published ? "" : $", {version.State.Words()}")} · {document.Classification.Words()}";
        return await new PrintedText(organization, document.Title, facts, header, text).As(format, name, ct);
    }

    private async Task<List<(string Name, string Value)>> Facts(
        Document document,
        DocumentVersion version,
        CancellationToken ct
    )
    {
        var owner = await db.Set<Person>()
            .Where(p => p.Id == document.OwnerId)
            .Select(p => p.Name)
            .FirstOrDefaultAsync(ct);
        return
        [
            ("Document", $"{document.Ref}, {document.Kind.Words()}"),
            ("Version", $"{version.Edition}, {version.State.Words()}"),
            ("Owner", owner ?? "nobody yet"),
            (
                "Approved",
                version.ApprovedAt is { } at
                    ? string.Create(CultureInfo.InvariantCulture, $"by {version.ApprovedBy} on {at:d MMMM yyyy}")
                    : "not approved"
            ),
            ("Read by", document.Classification.Words()),
            ("For", string.Join(", ", document.Clauses.Concat(document.Controls))),
            ("SHA-256 of the text", version.Sha256.Length > 0 ? version.Sha256 : "none yet"),
        ];
    }

    private Task<string> Organization(CancellationToken ct) =>
        db.Organizations.Where(o => o.Id == caller.OrganizationId).Select(o => o.Name).FirstAsync(ct);
}
