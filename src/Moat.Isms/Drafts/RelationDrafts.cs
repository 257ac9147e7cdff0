using Microsoft.EntityFrameworkCore;
using Moat.Isms.Assets;
using Moat.Isms.Communication;
using Moat.Isms.Context.Interviews;
using Moat.Isms.Kernel;
using Moat.Isms.Suppliers;
using Moat.Knowledge;

namespace Moat.Isms.Drafts;

/// <summary>Drafts suppliers from the interview, and the communication plan from the content.</summary>
public sealed class RelationDrafts(MoatDb db, KnowledgeBase knowledge)
{
    /// <summary>Enters what is not drafted yet; answers how many.</summary>
    public async Task<int> Draft(DraftBasis basis, CancellationToken ct) =>
        await Suppliers(basis.Answers, ct) + await Communications(basis, ct);

    private async Task<int> Suppliers(InterviewAnswers answers, CancellationToken ct)
    {
        var known = await Sources<Supplier>(ct);
        var fresh = answers.All("suppliers").Where(name => known.Add($"supplier:{SearchText.Fold(name)}")).ToList();
        var assets = await db.Set<Asset>()
            .Where(a => a.Kind == "supplier-api" || a.Kind == "saas")
            .OrderBy(a => a.Number)
            .ToListAsync(ct);
        foreach (var name in fresh)
        {
            var supplier = await db.Enter(
                new Supplier
                {
                    Name = name.Cut(200),
                    Service = OpenText.Ask($"What does {name.Cut(60)} do for us?"),
                    StopsUs = false,
                    DataClass = answers.One("supplier-data") == "yes" ? 3 : 0,
                },
                ct
            );
            supplier.Rank();
            supplier.Propose(
                answers.One("supplier-data") == "yes"
                    ? "You said that suppliers see customers' data, so it starts at class 3 until somebody looks at this one."
                    : "You named it as somebody you depend on. The tier follows from the class of data that it gets.",
                $"supplier:{SearchText.Fold(name)}",
                $"suppliers={name}",
                $"supplier-data={answers.One("supplier-data")}"
            );
            foreach (var asset in assets.Where(a => a.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
                await db.Connect(asset, LinkTypes.SuppliedBy, supplier, ct, source: "interview");
        }
        return fresh.Count;
    }

    private async Task<int> Communications(DraftBasis basis, CancellationToken ct)
    {
        var known = await Sources<CommunicationEntry>(ct);
        var fresh = knowledge
            .DraftedCommunications.Where(c => c.Applies.Holds(basis.Flags) && known.Add($"communication:{c.Id}"))
            .ToList();
        foreach (var entry in fresh)
        {
            var (from, because) = basis.For(entry.Applies);
            (
                await db.Enter(
                    new CommunicationEntry
                    {
                        What = entry.What,
                        When = entry.When,
                        EveryDays = entry.EveryDays,
                        WithWhom = entry.WithWhom,
                        OwnerRole = entry.OwnerRole,
                        How = entry.How,
                    },
                    ct
                )
            ).Propose(
                because.Length > 0
                    ? $"Needed {because}."
                    : "Whoever builds AI has to say this to somebody; without a plan it is said too late.",
                $"communication:{entry.Id}",
                from
            );
        }
        return fresh.Count;
    }

    private async Task<HashSet<string>> Sources<T>(CancellationToken ct)
        where T : Proposable =>
        [.. await db.Set<T>().Where(r => r.Source != null).Select(r => r.Source!).ToListAsync(ct)];
}
