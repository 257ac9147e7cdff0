using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Knowledge;

namespace Moat.Isms.Risks;

/// <summary>Changes to the risk method; what is left out stays. An approved method gets a new version.</summary>
public sealed record EditMethod : ChangeLatest
{
    /// <summary>Criteria for accepting risks and for assessing them again.</summary>
    [MinLength(20), MaxLength(8000)]
    public string? Criteria { get; init; }

    /// <summary>What likelihood 1 to 5 mean here, lowest first.</summary>
    [MinLength(5), MaxLength(5)]
    public List<string>? LikelihoodScale { get; init; }

    /// <summary>What impact 1 to 5 mean here, lowest first.</summary>
    [MinLength(5), MaxLength(5)]
    public List<string>? ImpactScale { get; init; }

    /// <summary>The highest score that may be accepted without treatment, 1 to 25.</summary>
    [Range(1, 25)]
    public int? Appetite { get; init; }

    /// <summary>The score from which a risk is high, 1 to 25.</summary>
    [Range(1, 25)]
    public int? High { get; init; }
}

/// <summary>The risk method as people read it.</summary>
public sealed record MethodView(
    string? Ref,
    int Version,
    string Criteria,
    IReadOnlyList<string> LikelihoodScale,
    IReadOnlyList<string> ImpactScale,
    int Appetite,
    int High,
    ApprovalState State,
    string? ApprovedBy,
    DateTime? ApprovedAt,
    IReadOnlyList<string> EarlierVersions
)
{
    /// <summary>Before anybody wrote one: what holds until then.</summary>
    public static MethodView None { get; } =
        new(null, 0, "", [], [], RiskLimits.Usual.Appetite, RiskLimits.Usual.High, ApprovalState.Draft, null, null, []);

    /// <summary>Approved by who wrote it, because nobody else existed.</summary>
    public bool ApprovedAlone { get; init; }
}

/// <summary>The method by which risks are assessed (clause 6.1.2 a, b).</summary>
[Process("method", "The scales, criteria and appetite by which risks are assessed here.")]
public sealed class RiskMethodProcess(MoatDb db, CurrentCaller caller, SecondPerson second, KnowledgeBase knowledge)
{
    /// <summary>The latest version; what Moat proposes before there is one.</summary>
    [Query("get", Permission.ReadIsms, "Read the risk method")]
    public async Task<MethodView> Get(Nothing input, CancellationToken ct)
    {
        var versions = await db.Set<RiskMethod>().OrderByDescending(m => m.Number).ToListAsync(ct);
        var proposed = knowledge.DraftedContext.Method;
        return versions is [var latest, ..]
            ? new MethodView(
                latest.Ref,
                latest.Version,
                latest.Criteria,
                latest.LikelihoodScale,
                latest.ImpactScale,
                latest.Appetite,
                latest.High,
                latest.State,
                latest.ApprovedBy,
                latest.ApprovedAt,
                [.. versions.Skip(1).Select(v => $"{v.Ref} {v.ApprovedAt:yyyy-MM-dd}")]
            )
            {
                ApprovedAlone = latest.ApprovedAlone,
            }
            : new MethodView(
                null,
                0,
                proposed.Criteria,
                proposed.Likelihood,
                proposed.Impact,
                proposed.Appetite,
                proposed.High,
                ApprovalState.Draft,
                null,
                null,
                []
            );
    }

    /// <summary>Whether the reader may approve the latest version, and who else could.</summary>
    [Query(
        "approval",
        Permission.ReadIsms,
        "Whether you may approve the latest version of the method, and who else could"
    )]
    public async Task<SecondPersonView> Approval(Nothing input, CancellationToken ct)
    {
        var latest = await db.Set<RiskMethod>().OrderByDescending(m => m.Number).FirstOrDefaultAsync(ct);
        return await second.Look(
            latest is null ? [] : await second.Writer("method", latest.Ref, latest.WrittenById, ct),
            ct
        );
    }

    /// <summary>Changes the draft, or begins a new version of an approved method.</summary>
    [Operation("change", Permission.EditRisks, "Change the risk method; an approved one gets a new version")]
    public async Task<Done> Change(EditMethod input, CancellationToken ct)
    {
        var latest = await db.Set<RiskMethod>().OrderByDescending(m => m.Number).FirstOrDefaultAsync(ct);
        NamedRecord.MustBe(latest, input);
        var method = latest is { State: ApprovalState.Draft } ? latest : await db.Enter(Copy(latest), ct);
        method.Criteria = input.Criteria ?? method.Criteria;
        method.LikelihoodScale = input.LikelihoodScale ?? method.LikelihoodScale;
        method.ImpactScale = input.ImpactScale ?? method.ImpactScale;
        method.Appetite = input.Appetite ?? method.Appetite;
        method.High = input.High ?? method.High;
        method.WrittenById = second.Account;
        if (method.High <= method.Appetite)
            throw new InputInvalid("high", "A high risk must score above the appetite.");
        return new Done(method);
    }

    /// <summary>Puts the latest draft in force; the version before is superseded.</summary>
    [
        ProvenInPack,
        ByPerson,
        Operation("approve", Permission.Approve, "Approve the risk method that somebody else wrote")
    ]
    public async Task<Done> Approve(ChangeRecord input, CancellationToken ct)
    {
        var method = await db.One<RiskMethod>(input, ct);
        method.MustBeApprovable();
        var alone = await second.Must(
            "method.approve.second-person",
            method.Ref,
            await second.Writer("method", method.Ref, method.WrittenById, ct),
            ct
        );
        foreach (
            var earlier in await db.Set<RiskMethod>().Where(m => m.State == ApprovalState.Approved).ToListAsync(ct)
        )
            earlier.Supersede();
        method.Approve(caller.Value.Name, alone, db.Now);
        return new Done(method);
    }

    private RiskMethod Copy(RiskMethod? from)
    {
        var proposed = knowledge.DraftedContext.Method;
        return new RiskMethod
        {
            Criteria = from?.Criteria ?? proposed.Criteria,
            LikelihoodScale = [.. from?.LikelihoodScale ?? proposed.Likelihood],
            ImpactScale = [.. from?.ImpactScale ?? proposed.Impact],
            Appetite = from?.Appetite ?? proposed.Appetite,
            High = from?.High ?? proposed.High,
        };
    }
}
