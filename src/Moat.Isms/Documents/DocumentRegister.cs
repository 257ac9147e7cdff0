using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Seams;
using Moat.Isms.People;
using Moat.Knowledge;

namespace Moat.Isms.Documents;

/// <summary>
/// The register of documented information (clause 7.5.3): what there is, who keeps it, who may read it, when it is
/// looked at again.
/// </summary>
[Process(Name, Summary)]
public sealed class DocumentRegister(MoatDb db, CurrentCaller caller, KnowledgeBase knowledge, IBlobStore blobs)
{
    internal const string Name = "documents";
    internal const string Summary =
        "Policies, procedures, plans and records: drafted, reviewed, approved, published, acknowledged (7.5).";

    /// <summary>Registers a document of external origin (7.5.3).</summary>
    [Operation(
        "add-external",
        Permission.EditDocuments,
        "Register a document that somebody else wrote, as a link or a file"
    )]
    public async Task<Done> AddExternal(AddExternalDocument input, CancellationToken ct)
    {
        if (input.Address is null == input.File is null)
            throw new InputInvalid("address", "Give either an address or a file.");
        var sha256 = await blobs.Put(caller.OrganizationId, input.File, ct);
        var (clauses, controls) = await Requirements(input.Requirements, ct);
        var document = await db.Enter(
            new Document
            {
                Key = "external",
                Title = input.Title,
                Kind = DocumentKind.External,
                Classification = input.Classification,
                ReviewDays = input.ReviewDays,
                Audience = [],
                Clauses = clauses,
                Controls = controls,
                Address = input.Address,
                FileName = input.File?.Name,
                FileSha256 = sha256,
                OwnerId = await db.OwnerId(input.Owner, ct) ?? caller.Value.PersonId,
                Distribution = input.Note.Cut(1000),
            },
            ct
        );
        document.ReviewAgain(db.Today);
        var version = await db.Enter(
            new DocumentVersion
            {
                DocumentId = document.Id,
                Title = input.Title,
                Major = 1,
                Minor = 0,
                Source = input.Note,
                Decisions = [],
                ChangeReason = "Registered.",
            },
            ct
        );
        version.Show(input.Note);
        return new Done(document);
    }

    /// <summary>The file of an external document.</summary>
    [Query("download", Permission.ReadIsms, "Download the file of an external document")]
    public async Task<MadeFile> Download(OneRecord input, CancellationToken ct)
    {
        var document = await db.One<Document>(input.Ref, ct);
        if (document.FileSha256 is null)
            throw new NotFound($"file of {document.Ref}");
        return new MadeFile(
            document.FileName!,
            "application/octet-stream",
            await blobs.Open(caller.OrganizationId, document.FileSha256, ct)
        );
    }

    /// <summary>Changes who keeps it, who may read it and who has to know it.</summary>
    [Operation(
        "describe",
        Permission.EditDocuments,
        "Change a document's title, owner, classification, review cycle, audience or distribution"
    )]
    public async Task<Done> Describe(DescribeDocument input, CancellationToken ct)
    {
        var document = await db.One<Document>(input, ct);
        document.MustBeInForce();
        document.Title = input.Title ?? document.Title;
        document.Classification = input.Classification ?? document.Classification;
        document.ReviewDays = input.ReviewDays ?? document.ReviewDays;
        document.Audience = input.Audience is null ? document.Audience : CheckAudience(input.Audience);
        document.Distribution = input.Distribution ?? document.Distribution;
        if (input.Owner is not null)
            document.OwnerId = await db.OwnerId(input.Owner, ct);
        document.Adopt();
        return new Done(document);
    }

    internal async Task<(List<string> Clauses, List<string> Controls)> Requirements(
        List<string>? named,
        CancellationToken ct
    )
    {
        var given = named ?? [];
        var clauses = given.Where(g => knowledge.Clauses.Any(c => c.Id == g)).ToList();
        var codes = given.Except(clauses).ToList();
        var own = await db.Set<Control>().Where(c => codes.Contains(c.Code)).Select(c => c.Code).ToListAsync(ct);
        return codes.FirstOrDefault(c => !knowledge.ControlById.ContainsKey(c) && !own.Contains(c)) is { } unknown
            ? throw new InputInvalid("requirements", $"There is no clause or control {unknown}.")
            : (clauses, codes);
    }

    private List<string> CheckAudience(List<string> audience) =>
        audience.FirstOrDefault(a => !Audiences.IsKnown(a, knowledge)) is { } wrong
            ? throw new InputInvalid(
                "audience",
                $"'{wrong}' is none of: everyone, role:… with a role's key, department:… with a name."
            )
            : audience;
}
