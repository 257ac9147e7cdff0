using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Documents;
using Moat.Isms.Evidence;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Isms.Kernel.Registers;
using Moat.Isms.Kernel.Seams;
using Moat.Isms.Processes;
using Moat.Isms.Readiness;
using Moat.Isms.StatementOfApplicability;
using Moat.Reports.Documents;
using Moat.Reports.Maps;

namespace Moat.Reports.Pack;

/// <summary>The audit pack: everything an auditor needs in one file that proves itself.</summary>
[Process(
    "pack",
    "One file that an auditor opens and verifies offline: statement, registers, evidence, journal and proofs."
)]
public sealed class PackProcess(
    MoatDb db,
    CurrentCaller caller,
    JournalKeys keys,
    IBlobStore blobs,
    SoaSource source,
    RegisterSheets registers,
    IRegisterSource moment,
    ReadinessComputation readiness,
    DocumentReport documents,
    ProcessMap map,
    PackOriginReading origins,
    JournalVerifier verifier,
    OperationCatalog catalog
)
{
    /// <summary>
    /// Makes the pack of this moment. Throws <see cref="RuleBroken"/> where journal, records and files do not agree: a
    /// pack of edited tables would prove what never happened.
    /// </summary>
    [Query("make", Permission.ExportPack, "Make the audit pack: a ZIP that verifies offline")]
    public async Task<MadeFile> Make(Nothing input, CancellationToken ct)
    {
        await MustVerify(ct);
        var file = MadeFile.Temporary();
        try
        {
            return new MadeFile(await Write(file, ct), "application/zip", file);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task<string> Write(FileStream file, CancellationToken ct)
    {
        var organization = await db.Organizations.FirstAsync(o => o.Id == caller.OrganizationId, ct);
        using var builder = new PackBuilder(file, organization.Slug, organization.Name, moment.Now);
        var soas = await db.Set<Soa>().OrderByDescending(s => s.Number).ToListAsync(ct);
        AddSoa(builder, organization.Name, soas, await source.Rows(ct));
        await AddRegisters(builder, ct);
        await AddEvidence(builder, ct);
        await AddDocuments(builder, organization.Name, ct);
        var (journal, signer) = await AddJournal(builder, ct);
        await PackAnchors.Add(builder, db, ct);
        var processes = await AddProcesses(builder, ct);
        var requirements = await readiness.Today(ct);
        builder.Add(
            PackFormat.Readiness,
            CanonicalJson.Text(JsonSerializer.SerializeToNode(requirements, InputBinder.Json))
        );
        builder.Add(
            PackFormat.Index,
            PackIndex.Write(
                organization.Name,
                moment.Now,
                soas,
                requirements,
                processes,
                journal,
                signer.Verifier.Fingerprint,
                await origins.Read(ct),
                builder.Files
            )
        );
        builder.Finish(signer);
        return string.Create(CultureInfo.InvariantCulture, $"pack-{organization.Slug}-{db.Today:yyyy-MM-dd}.zip");
    }

    private async Task MustVerify(CancellationToken ct)
    {
        var check = await verifier.CheckForPack(ct);
        if (!check.Holds)
            throw Unverified(check.Findings);
    }

    private static RuleBroken Unverified(IReadOnlyList<string> findings) =>
        new(
            "pack.make.verified",
            $"No pack is made, because the installation does not verify: {findings[0]} Run moat verify and restore what was changed from a backup.",
            [.. findings.Take(20).Select(f => new FieldError("journal", f))]
        );

    private void AddSoa(PackBuilder builder, string name, List<Soa> versions, IReadOnlyList<SoaRow> today)
    {
        foreach (var version in versions)
            builder.Add(PackFormat.Statement(version.Ref), version.Rows);
        var report = versions is [var latest, ..]
            ? SoaReport.Of(name, latest)
            : SoaReport.OfDraft(name, db.Today, today);
        builder.Add(PackFormat.Soa, versions is [var published, ..] ? published.Rows : SoaRow.Write(report.Rows));
        builder.Add(PackFormat.SoaWorkbook, report.ToWorkbook());
        builder.Add(PackFormat.SoaDocument, report.ToDocument());
    }

    private async Task AddRegisters(PackBuilder builder, CancellationToken ct)
    {
        foreach (var register in RegisterSheets.All)
        {
            var sheets = await registers.Of(register, ct);
            var path = PackRegisters.PathOf(register);
            builder.Add(PackFormat.Workbook(register), Workbook.Write([.. sheets.Select(s => s.Shortened(path))]));
            builder.Add(path, CanonicalJson.Bytes(PackRegisters.Write(sheets)));
        }
    }

    /// <summary>The process map of the last twelve months: as a drawing, as numbers, and what is broken.</summary>
    private async Task<ProcessMapView> AddProcesses(PackBuilder builder, CancellationToken ct)
    {
        var processes = await map.Of(null, null, ct);
        builder.Add(PackFormat.MapDrawing, MapDrawing.Draw(processes, alone: true));
        builder.Add(PackFormat.MapGraph, MapDot.Write(processes));
        builder.Add(
            PackFormat.MapNumbers,
            CanonicalJson.Text(JsonSerializer.SerializeToNode(processes with { Breaks = [] }, InputBinder.Json))
        );
        builder.Add(
            PackFormat.MapBreaks,
            CanonicalJson.Text(JsonSerializer.SerializeToNode(processes.Breaks, InputBinder.Json))
        );
        return processes;
    }

    /// <summary>
    /// Evidence goes from where it is kept into the pack, and is compared with its records on the way: it is read once.
    /// </summary>
    private async Task AddEvidence(PackBuilder builder, CancellationToken ct)
    {
        var files = await db.Set<EvidenceItem>().Where(e => e.FileName != null).OrderBy(e => e.Number).ToListAsync(ct);
        foreach (var item in files)
            if (await Copied(builder, item, ct) is { } fault)
                throw Unverified([$"{item.Ref}: its file {item.FileName} {fault}"]);
    }

    private async Task<string?> Copied(PackBuilder builder, EvidenceItem item, CancellationToken ct)
    {
        try
        {
            await using var content = await blobs.Open(caller.OrganizationId, item.Sha256, ct);
            await builder.Add(PackFormat.EvidenceFile(item.Ref, item.FileName!), Parts(content, ct), ct);
            return null;
        }
        catch (NotFound)
        {
            return EvidenceFiles.Gone;
        }
        catch (InvalidDataException)
        {
            return EvidenceFiles.Changed;
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Parts(
        Stream content,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var buffer = new byte[81920];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0; )
            yield return buffer.AsMemory(0, read);
    }

    /// <summary>
    /// Each text exactly as it was approved, which the journal's hash proves, and what is in force as something to
    /// read.
    /// </summary>
    private async Task AddDocuments(PackBuilder builder, string organization, CancellationToken ct)
    {
        foreach (
            var version in await db.Set<DocumentVersion>()
                .Where(v => v.ApprovedSha256 != null)
                .OrderBy(v => v.Number)
                .ToListAsync(ct)
        )
        {
            builder.Add(PackFormat.ApprovedText(version.Ref), version.Text);
            if (version.StampToken is { } token)
                builder.Add(PackFormat.Stamp(version.Ref), Convert.FromBase64String(token));
        }
        foreach (var (document, version) in await documents.Versions(drafts: false, ct))
        {
            var file = await documents.Make(document, version, FileForm.Docx, organization, ct);
            builder.Add(PackFormat.Document(document.Ref, document.Key, version.Edition), file.Content);
        }
    }

    /// <summary>
    /// The record that an entry proves: the evidence it entered, else the first it names. What an incident's timeline
    /// says has no reference of its own.
    /// </summary>
    private static string Proved(JournalEntry entry)
    {
        var subjects = entry.Subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return subjects.FirstOrDefault(s => s.StartsWith("EVD-", StringComparison.Ordinal))
            ?? subjects.FirstOrDefault()
            ?? entry.Operation;
    }

    private async Task<(long Size, NoteSigner Signer)> AddJournal(PackBuilder builder, CancellationToken ct)
    {
        var head = await db.Set<JournalHead>().FirstAsync(ct);
        var entries = db.Journal.AsNoTracking().OrderBy(e => e.Sequence).AsAsyncEnumerable();
        await builder.AddJournal(
            entries,
            head.Checkpoint,
            head.VerifierKey,
            entry => catalog.Find(entry.Operation) is { ProvenInPack: true } ? Proved(entry) : null,
            ct
        );
        return (head.Size, keys.Of(head.VerifierKey));
    }
}
