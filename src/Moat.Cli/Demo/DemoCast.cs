using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moat.Hosting.Accounts;
using Moat.Isms.Kernel;
using Moat.Isms.People;

namespace Moat.Cli.Demo;

/// <summary>
/// The people of the example company, and how each of them acts: through operations, with their own role, like anybody
/// else.
/// </summary>
internal sealed class DemoCast(Installation installation, StoryClock clock)
{
    public const string Slug = "corvid";

    private readonly Dictionary<string, Caller> _callers = [];
    private string _password = "";

    /// <summary>People with an account: first name, full name, title, role.</summary>
    private static readonly (string Key, string Name, string Title, Role Role)[] WithAccount =
    [
        ("mara", "Mara Keller", "Chief executive", Role.Owner),
        ("jonas", "Jonas Weber", "ISMS manager", Role.IsmsManager),
        ("dana", "Dana Ortiz", "Head of data", Role.RiskOwner),
        ("ivo", "Ivo Petrov", "Lead of the ML platform", Role.ControlOwner),
        ("lea", "Lea Brandt", "Clinical lead", Role.Member),
        ("sofia", "Sofia Lindqvist", "Legal and privacy", Role.Member),
        ("tomas", "Tomas Varga", "Operations", Role.Member),
        ("nadia", "Nadia Haddad", "Inference engineer", Role.Member),
        ("ben", "Ben Ito", "Annotation lead", Role.Member),
        ("carla", "Carla Rossi", "Customer success", Role.Member),
        ("emil", "Emil Novak", "Training engineer", Role.Member),
        ("greta", "Greta Lund", "Data engineer", Role.Member),
        ("paul", "Paul Anders", "External auditor", Role.Auditor),
    ];

    /// <summary>Departments, by first name.</summary>
    private static readonly Dictionary<string, string> Departments = new()
    {
        ["mara"] = "Management",
        ["jonas"] = "Security",
        ["dana"] = "Data",
        ["ivo"] = "Platform engineering",
        ["lea"] = "Clinical",
        ["sofia"] = "Legal",
        ["tomas"] = "People and operations",
        ["nadia"] = "Platform engineering",
        ["ben"] = "Data",
        ["carla"] = "Sales and support",
        ["emil"] = "Engineering",
    };

    /// <summary>Those who work for the company, by first name.</summary>
    public static IReadOnlyCollection<string> Staff => Departments.Keys;

    /// <summary>References of people by first name in lower case.</summary>
    public Dictionary<string, string> People { get; } = [];

    /// <summary>The first name, in lower case, of somebody by full name.</summary>
    public static string KeyOf(string name) => WithAccount.First(p => p.Name == name).Key;

    public static string Email(string key) => $"{key}@corvid.example";

    /// <summary>
    /// Founds the company and lets its first owner and its manager in; the others follow when the story needs them.
    /// </summary>
    public async Task Found(string password, CancellationToken ct)
    {
        _password = password;
        await using (var scope = installation.Scope())
        {
            var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
            var mara = await desk.Create(Email("mara"), "Mara Keller", password);
            await desk.Found(Slug, "Corvid Clinical AI GmbH", mara, "ui", ct);
        }
        await Enter("mara", ct);
        foreach (var (key, _, _, _) in WithAccount.Where(p => Departments.ContainsKey(p.Key) && p.Role != Role.Owner))
            await Invite(key, ct);
        await ReadPeople(ct);
        foreach (var (key, _, title, _) in WithAccount.Where(p => People.ContainsKey(p.Key)))
            await Do(
                "mara",
                "people.edit",
                new
                {
                    @ref = People[key],
                    jobTitle = title,
                    department = Departments[key],
                    manager = key == "mara"
                        ? null
                        : People[
                            key is "emil" or "nadia" ? "ivo"
                            : key == "ben" ? "dana"
                            : "mara"
                        ],
                    joinedOn = "2025-02-01",
                },
                ct
            );
    }

    /// <summary>Invites somebody, who takes the invitation the same day.</summary>
    public async Task Invite(string key, CancellationToken ct)
    {
        var (_, name, _, role) = WithAccount.First(p => p.Key == key);
        var made = (MadeInvitation)
            await Do(
                "mara",
                "access.invite",
                new
                {
                    email = Email(key),
                    name,
                    role = System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString()),
                },
                ct
            );
        await using (var scope = installation.Scope())
        {
            var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
            var account = await desk.Create(Email(key), name, _password);
            await desk.Join(await installation.Find(Slug, ct), made.Link.Split('/')[^1], account, ct);
        }
        await Enter(key, ct);
    }

    /// <summary>The server does something by itself, such as reading a source.</summary>
    public async Task<object> AsServer(string operation, object input, CancellationToken ct)
    {
        var found =
            installation.Get<OperationCatalog>().Find(operation)
            ?? throw new InvalidOperationException($"There is no operation {operation}.");
        return await installation.Run(
            await installation.Find(Slug, ct),
            found,
            System.Text.Json.JsonSerializer.SerializeToNode(input, InputBinder.Json)!.AsObject(),
            ct
        );
    }

    /// <summary>Somebody does something.</summary>
    public async Task<object> Do(string who, string operation, object input, CancellationToken ct)
    {
        clock.Pass(TimeSpan.FromMinutes(7));
        await using var scope = installation.Scope();
        scope.ServiceProvider.GetRequiredService<CurrentCaller>().Value = _callers[who];
        var json =
            input as JsonObject ?? System.Text.Json.JsonSerializer.SerializeToNode(input, InputBinder.Json)!.AsObject();
        foreach (var (name, _) in json.Where(p => p.Value is null).ToList())
            json.Remove(name);
        var found =
            installation.Get<OperationCatalog>().Find(operation)
            ?? throw new InvalidOperationException($"There is no operation {operation}.");
        var session = scope.ServiceProvider.GetRequiredService<IsmsSession>();
        await Confirm(session, found, who, ct);
        return await session.Run(found, json, ct);
    }

    /// <summary>
    /// Whoever signs has given the password; of each person it is checked once, because a story has hundreds of
    /// signatures.
    /// </summary>
    private async Task Confirm(IsmsSession session, Operation operation, string who, CancellationToken ct)
    {
        if (!operation.ByPerson || _callers[who].Confirmed)
            return;
        await session.Confirm(operation, _password, ct);
        _callers[who] = session.Caller;
    }

    private async Task ReadPeople(CancellationToken ct)
    {
        var page = (Page<PersonView>)await Do("mara", "people.list", new { limit = 200 }, ct);
        foreach (var person in page.Items)
            People[person.Email.Split('@')[0]] = person.Ref;
    }

    /// <summary>Somebody by first name, also one who does not work for the company.</summary>
    public async Task<PersonView> Person(string key, CancellationToken ct) =>
        ((Page<PersonView>)await Do("mara", "people.list", new { limit = 200 }, ct)).Items.Single(p =>
            p.Email == Email(key)
        );

    /// <summary>Somebody comes in with the role that they have now.</summary>
    public async Task Enter(string key, CancellationToken ct)
    {
        await using var scope = installation.Scope();
        var account = await scope.ServiceProvider.GetRequiredService<AccountDesk>().Find(Email(key));
        var name = WithAccount.First(p => p.Key == key).Name;
        _callers[key] =
            await scope.ServiceProvider.GetRequiredService<AccessDirectory>().Member(Slug, account!.Id, name, "ui", ct)
            ?? throw new InvalidOperationException($"{key} is not a member.");
    }
}
