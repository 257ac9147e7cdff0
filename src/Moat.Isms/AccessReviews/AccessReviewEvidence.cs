using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Controls;
using Moat.Isms.Evidence;
using Moat.Isms.Evidence.Grades;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Isms.AccessReviews;

/// <summary>
/// Keeps population and decisions of a review together as evidence, with what could not be seen. Runs inside
/// operations.
/// </summary>
public sealed class AccessReviewEvidence(MoatDb db, EvidenceKeeper keeper)
{
    private static readonly List<string> Shows = ["A.5.18", "A.8.2"];

    /// <summary>Keeps it. The population is called complete only when everything could be seen.</summary>
    public async Task<EvidenceItem> Keep(
        AccessReview review,
        IReadOnlyList<AccessReviewItem> items,
        CancellationToken ct
    )
    {
        var controls = await db.Set<Control>().Where(c => Shows.Contains(c.Code)).Select(c => c.Code).ToListAsync(ct);
        var gaps = await db.Set<AccessReviewGap>()
            .Where(g => g.ReviewId == review.Id)
            .OrderBy(g => g.ResourceName)
            .ToListAsync(ct);
        var people = await db.Set<Person>()
            .Where(p => items.Select(i => i.PersonId).Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return await keeper.Keep(
            new EvidenceContent(
                $"Access review: {review.Title}",
                EvidenceKind.File,
                Encoding.UTF8.GetBytes(FileOf(review, items, gaps, people).ToJsonString()),
                FileName: $"{review.Ref}.json",
                Origin: EvidenceOrigin.Moat
            ),
            new ReviewFrame
            {
                Controls = controls,
                Clauses = controls.Count == 0 ? ["9.1"] : [],
                PeriodFrom = DateOnly.FromDateTime(review.CreatedAt),
                PeriodTo = db.Today,
                Complete = gaps.Count == 0,
                Population = PopulationOf(items.Count, gaps.Count),
            },
            ct
        );
    }

    private static JsonObject FileOf(
        AccessReview review,
        IReadOnlyList<AccessReviewItem> items,
        IReadOnlyList<AccessReviewGap> gaps,
        Dictionary<Guid, string> people
    ) =>
        new()
        {
            ["review"] = review.Ref,
            ["title"] = review.Title,
            ["frozenAt"] = $"{review.CreatedAt:O}",
            ["populationSha256"] = review.PopulationSha256,
            ["complete"] = gaps.Count == 0,
            ["notSeen"] = new JsonArray([
                .. gaps.Select(g => (JsonNode)new JsonObject { ["resource"] = g.ResourceName, ["why"] = g.Why }),
            ]),
            ["accesses"] = new JsonArray([
                .. items.Select(i =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["position"] = i.Position,
                            ["resource"] = i.ResourceName,
                            ["principal"] = i.Principal,
                            ["person"] = i.PersonId is { } id ? people.GetValueOrDefault(id) : null,
                            ["permission"] = i.Permission,
                            ["decision"] = $"{i.Decision}",
                            ["wantedPermission"] = i.WantedPermission,
                            ["reason"] = i.Reason,
                            ["decidedBy"] = i.DecidedBy,
                            ["decidedAt"] = $"{i.DecidedAt:O}",
                        }
                ),
            ]),
        };

    private static string PopulationOf(int accesses, int gaps) =>
        gaps == 0
            ? $"all {accesses} accesses that were collected"
            : $"{accesses} accesses that were collected; of {gaps} resources it could not be seen who reaches them";

    private sealed record ReviewFrame : EvidenceFrame;
}
