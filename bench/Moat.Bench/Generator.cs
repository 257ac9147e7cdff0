using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting;
using Moat.Hosting.Accounts;
using Moat.Isms.Assets;
using Moat.Isms.Controls;
using Moat.Isms.Improvement;
using Moat.Isms.Incidents;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using Moat.Isms.Risks;
using Moat.Isms.Work;
using Moat.Knowledge;
using Moat.Storage;

namespace Moat.Bench;

/// <summary>How large an organisation is.</summary>
internal sealed record Size(int Assets, int Risks, int Controls, int Links, int Incidents)
{
    public static Size Large { get; } = new(10_000, 10_000, 1_000, 200_000, 10_000);

    public static Size Small { get; } = new(100, 100, 10, 2_000, 100);

    /// <summary>About a thousand records, as a provider's customer has after a year.</summary>
    public static Size Customer { get; } = new(250, 150, 93, 600, 100);
}

/// <summary>
/// Fills an organisation of a given size. The rows are entered behind the journal, which no product code can do,
/// because replaying two hundred thousand operations would measure patience; what is measured afterwards goes through
/// the real doors.
/// </summary>
internal static class Generator
{
    public const string Password = "a long enough password";
    private const int Batch = 5_000;
    private static readonly string[] Kinds = ["model", "dataset", "endpoint", "bucket", "repository", "pipeline"];

    /// <summary>Makes the organisation and answers tokens of an owner and of a risk owner.</summary>
    public static async Task<(string Owner, string RiskOwner)> Fill(StorageOptions storage, string slug, Size size)
    {
        await using var provider = Open(storage);
        var owner = await Found(provider, slug);
        await Rows(provider, owner, size);
        return (await Token(provider, owner, Role.Owner), await Token(provider, owner, Role.RiskOwner));
    }

    /// <summary>Makes many organisations, and answers the owner's token of each.</summary>
    public static async Task<IReadOnlyList<string>> FillMany(
        StorageOptions storage,
        IEnumerable<string> slugs,
        Size size
    )
    {
        await using var provider = Open(storage);
        var tokens = new List<string>();
        foreach (var slug in slugs)
        {
            var owner = await Found(provider, slug);
            await Rows(provider, owner, size);
            tokens.Add(await Token(provider, owner, Role.Owner));
        }
        return tokens;
    }

    private static ServiceProvider Open(StorageOptions storage)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddAuthentication();
        services.AddMoat(storage);
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IMigrations>().Apply();
        return provider;
    }

    private static async Task<Caller> Found(ServiceProvider provider, string slug)
    {
        await using var scope = provider.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var account = await desk.Create($"owner@{slug}.test", "Olga Owner", Password);
        await desk.Found(slug, slug, account, "cli", CancellationToken.None);
        return (
            await scope
                .ServiceProvider.GetRequiredService<AccessDirectory>()
                .Member(slug, account.Id, "Olga Owner", "ui", CancellationToken.None)
        )!;
    }

    private static async Task<string> Token(ServiceProvider provider, Caller owner, Role role)
    {
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = owner;
        var session = scope.ServiceProvider.GetRequiredService<IsmsSession>();
        return (
            await session.Run(
                session.Of<AccessProcess>().CreateToken,
                new CreateToken { Name = "bench", Role = role },
                CancellationToken.None
            )
        ).Token;
    }

    private static async Task Rows(ServiceProvider provider, Caller owner, Size size)
    {
        var random = new Random(7);
        var assets = await Enter(
            provider,
            owner,
            size.Assets,
            i => new Asset
            {
                Name = Name("Asset", i),
                Kind = Kinds[i % Kinds.Length],
                OwnerId = owner.PersonId,
                CrownJewel = i % 1000 == 1,
            },
            a => a.Classify(1 + random.Next(4), 1 + random.Next(4), 1 + random.Next(4))
        );
        var risks = await Enter(
            provider,
            owner,
            size.Risks,
            i => new Risk
            {
                Title = Name("Risk", i),
                ThreatId = KnowledgeBase.Shipped.Threats[i % KnowledgeBase.Shipped.Threats.Count].Id,
                Cause = "Broad rights and long-lived keys",
                Consequence = "The training spend is in other hands",
                OwnerId = owner.PersonId,
                Harms = ["confidentiality"],
            },
            r =>
            {
                var (l, m) = (1 + random.Next(5), 1 + random.Next(5));
                r.Assess(
                    new Rating { Likelihood = 5, Impact = 5 },
                    new Rating { Likelihood = l, Impact = m },
                    new Rating { Likelihood = Math.Max(1, l - 1), Impact = m },
                    "Generated",
                    DateTime.UnixEpoch
                );
                r.Treat(TreatmentOption.Modify, "Generated", null);
            }
        );
        var controls = await Enter(
            provider,
            owner,
            size.Controls,
            i => new Control
            {
                Code = string.Create(CultureInfo.InvariantCulture, $"GEN-{i}"),
                Title = Name("Control", i),
                Order = 10_000 + i,
                Applicability = Applicability.Applicable,
                ReasonKinds = ["risk"],
                Justification = "Generated",
                Implementation = Implementation.Implemented,
                OwnerId = owner.PersonId,
            }
        );
        await Links(provider, owner, size.Links, risks, assets, controls);
        await Work(provider, owner, size.Incidents);
    }

    /// <summary>As many incidents as nonconformities that came from them and tasks to see them through.</summary>
    private static async Task Work(ServiceProvider provider, Caller owner, int count)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        await Enter(
            provider,
            owner,
            count,
            i => new Incident
            {
                Title = Name("Incident", i),
                What = "Answers of the triage model drifted",
                LeadId = owner.PersonId,
                Integrity = true,
            },
            incident => incident.Happened(null, now, now, now)
        );
        var raised = await Enter(
            provider,
            owner,
            count,
            i => new Nonconformity
            {
                Title = Name("Nonconformity", i),
                Description = "A dataset was merged without review",
                Origin = NonconformityOrigin.Incident,
                Grade = NonconformityGrade.Minor,
                Requirement = "A.8.32",
                OwnerId = owner.PersonId,
                SameWhen = string.Create(CultureInfo.InvariantCulture, $"generated:{i}"),
                RaisedOn = today,
            }
        );
        var people = await Enter(
            provider,
            owner,
            Math.Min(200, count),
            i => new Person
            {
                Name = Name("Person", i),
                Email = string.Create(CultureInfo.InvariantCulture, $"person{i}@bench.test"),
            }
        );
        await Enter(
            provider,
            owner,
            count,
            i => new WorkItem
            {
                Title = Name("Task", i),
                Why = "A nonconformity waits for its cause",
                Purpose = "nonconformity",
                SubjectRef = raised[i - 1].Ref,
                SubjectId = raised[i - 1].Id,
                OwnerId = i % 20 == 0 ? owner.PersonId : people[i % people.Count].Id,
                DueOn = today.AddDays(i % 60 - 10),
            }
        );
    }

    private static async Task<List<T>> Enter<T>(
        ServiceProvider provider,
        Caller owner,
        int count,
        Func<int, T> make,
        Action<T>? then = null
    )
        where T : Referenced
    {
        var all = new List<T>();
        for (var from = 0; from < count; from += Batch)
            await Behind(
                provider,
                owner,
                async db =>
                {
                    for (var i = from + 1; i <= Math.Min(count, from + Batch); i++)
                    {
                        var record = await db.Enter(make(i), CancellationToken.None);
                        then?.Invoke(record);
                        Stamp(db, record);
                        all.Add(record);
                    }
                }
            );
        return all;
    }

    private static async Task Links(
        ServiceProvider provider,
        Caller owner,
        int count,
        List<Risk> risks,
        List<Asset> assets,
        List<Control> controls
    )
    {
        for (var from = 0; from < count; from += Batch)
            await Behind(
                provider,
                owner,
                async db =>
                {
                    for (var i = from; i < Math.Min(count, from + Batch); i++)
                    {
                        // Half of the links threaten, half treat; each pair occurs once.
                        var (isThreat, k) = (i % 2 == 0, i / 2);
                        Referenced source = isThreat ? risks[k % risks.Count] : controls[k % controls.Count];
                        Referenced target = isThreat
                            ? assets[(k % risks.Count * 13 + k / risks.Count) % assets.Count]
                            : risks[(k % controls.Count * 7 + k / controls.Count) % risks.Count];
                        var link = await db.Enter(
                            new Link
                            {
                                Type = isThreat ? LinkTypes.Threatens : LinkTypes.Treats,
                                FromKind = isThreat ? "RISK" : "CTL",
                                FromId = source.Id,
                                ToKind = isThreat ? "AST" : "RISK",
                                ToId = target.Id,
                            },
                            CancellationToken.None
                        );
                        Stamp(db, link);
                    }
                }
            );
    }

    private static async Task Behind(ServiceProvider provider, Caller owner, Func<MoatDb, Task> write)
    {
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = owner;
        var db = scope.ServiceProvider.GetRequiredService<MoatDb>();
        await using var transaction = await scope
            .ServiceProvider.GetRequiredService<ITransactions>()
            .BeginWrite(db, owner.OrganizationId, CancellationToken.None);
        db.GateOpen = true;
        await write(db);
        await db.Save(CancellationToken.None);
        await transaction.Commit(CancellationToken.None);
    }

    private static void Stamp(MoatDb db, Record record)
    {
        record.Version = 1;
        record.CreatedAt = record.ChangedAt = db.Now;
        record.ChangedBy = "bench";
        if (record is Referenced referenced)
            referenced.Search = SearchText.Fold(referenced.SearchWords);
    }

    private static string Name(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind} {number} of the triage service in region {number % 7}");
}
