using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Documents;
using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Remembering;
using Moat.Isms.Risks;

namespace Moat.Isms.Processes;

/// <summary>An entry of the journal that changed what a record says, or a person's look at it.</summary>
/// <param name="Record">The record; the document for one of its versions.</param>
/// <param name="Ref">Its reference.</param>
/// <param name="Entry">The entry's sequence.</param>
/// <param name="At">When.</param>
/// <param name="What">The fields that changed what it says.</param>
/// <param name="LookedOnly">Whether somebody looked at it and nothing had to change.</param>
public sealed record ContentChange(
    Guid Record,
    string Ref,
    long Entry,
    DateTime At,
    IReadOnlyList<string> What,
    bool LookedOnly
);

/// <summary>
/// Reads from the journal where people changed what records say: never links alone, who owns it, or what Moat keeps
/// about it, such as the next date. A number of statements that no register makes larger.
/// </summary>
public sealed class ContentChanges(MoatDb db)
{
    // Looks that may find nothing to change.
    private const string Confirmed = "documents.confirm",
        Assessed = "risks.assess",
        Evaluated = "controls.evaluate";

    // What is kept about a record and is not what it says.
    private static readonly HashSet<string> Kept =
    [
        nameof(Record.CreatedAt),
        nameof(Proposable.Standing),
        nameof(Proposable.WhyProposed),
        nameof(Proposable.Source),
        nameof(Control.OwnerId),
        nameof(Risk.AssessedAt),
        nameof(Risk.Rationale),
        nameof(Risk.AcceptedUntil),
        nameof(Risk.InherentScore),
        nameof(Risk.CurrentScore),
        nameof(Risk.ResidualScore),
        nameof(Document.NextReviewOn),
        nameof(Document.ReviewedOn),
        "State",
        nameof(Control.Evaluation),
        nameof(Control.EvaluatedOn),
        nameof(Control.EvaluatedBy),
    ];

    private static readonly HashSet<string> OfVersion =
    [
        nameof(DocumentVersion.Source),
        nameof(DocumentVersion.Decisions),
        nameof(DocumentVersion.Text),
    ];

    /// <summary>The changes of records since a moment that operations of these processes made, in order.</summary>
    public Task<IReadOnlyList<ContentChange>> Since(
        DateTime since,
        IReadOnlyCollection<string> processes,
        CancellationToken ct
    ) =>
        ReadingNote.Of(
            processes
                .Select(WhatWasRead.Process)
                .Concat(new[] { Confirmed, Assessed, Evaluated }.Select(WhatWasRead.Act))
                .Concat([nameof(Document), nameof(DocumentVersion)]),
            () => Read(since, processes, ct)
        );

    private async Task<IReadOnlyList<ContentChange>> Read(
        DateTime since,
        IReadOnlyCollection<string> processes,
        CancellationToken ct
    )
    {
        var known = await db.Journal.Where(e => e.At >= since).Select(e => e.Operation).Distinct().ToListAsync(ct);
        bool Asked(string operation) =>
            operation is Confirmed or Assessed or Evaluated || processes.Contains(operation.Split('.')[0]);
        var operations = known.Where(Asked).ToList();
        var entries = await db
            .Journal.Where(e => e.At >= since && e.Door != "system" && operations.Contains(e.Operation))
            .OrderBy(e => e.Sequence)
            .Select(e => new
            {
                e.Sequence,
                e.At,
                e.Operation,
                e.Changes,
            })
            .ToListAsync(ct);
        var documents = await db.Set<DocumentVersion>()
            .Join(
                db.Set<Document>(),
                v => v.DocumentId,
                d => d.Id,
                (v, d) =>
                    new
                    {
                        v.Id,
                        Document = d.Id,
                        d.Number,
                    }
            )
            .ToDictionaryAsync(
                v => v.Id,
                v => (v.Document, Ref: $"{RecordKind.Of(typeof(Document)).Prefix}-{v.Number}"),
                ct
            );
        return
        [
            .. from entry in entries
            from change in JsonNode.Parse(entry.Changes)!.AsArray()
            where (string?)change!["change"] == "changed" && change["ref"] is not null
            let id = Guid.Parse((string)change["id"]!)
            let place = documents.TryGetValue(id, out var document) ? document : (id, (string)change["ref"]!)
            let fields = Fields(change)
            let looked = fields.Count == 0 && IsLook(entry.Operation, (string)change["kind"]!)
            where fields.Count > 0 || looked
            select new ContentChange(place.Item1, place.Item2, entry.Sequence, entry.At, fields, looked),
        ];
    }

    private static bool IsLook(string operation, string kind) =>
        (operation, kind) is (Confirmed, nameof(Document)) or (Assessed, nameof(Risk)) or (Evaluated, nameof(Control));

    private static List<string> Fields(JsonNode change)
    {
        var isVersion = (string?)change["kind"] == nameof(DocumentVersion);
        return
        [
            .. from field in change["fields"]!.AsObject()
            where isVersion ? OfVersion.Contains(field.Key) : !Kept.Contains(field.Key)
            where field.Value![0]?.ToJsonString() != field.Value[1]?.ToJsonString()
            select field.Key.Spaced().ToLowerInvariant(),
        ];
    }
}
