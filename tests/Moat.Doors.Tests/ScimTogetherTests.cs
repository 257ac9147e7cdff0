using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using static Moat.Tests.ScimRequests;

namespace Moat.Tests;

/// <summary>Of changes that arrive at the same moment none is lost.</summary>
public abstract class ScimTogetherTests(Site site, string database)
{
    [Fact]
    public async Task Members_that_are_added_and_removed_at_the_same_moment_are_all_added_and_removed()
    {
        using var idp = site.With(Role.Provisioner);
        var people = new List<string>();
        for (var i = 0; i < 8; i++)
            people.Add(await Enter(idp, $"member-{i}-{database}"));
        var made = (await Send(idp, "POST", "Groups", $$"""{"displayName":"together-{{database}}"}""")).Body;
        var group = (string)made["id"]!;
        Assert.Equal(made.ToJsonString(), (await Send(idp, "GET", $"Groups/{group}")).Body.ToJsonString());
        Assert.All(
            await Task.WhenAll(
                people.Select(p =>
                    Send(idp, "PATCH", $"Groups/{group}", Patch("Add", "members", $$"""[{"value":"{{p}}"}]"""))
                )
            ),
            a => Assert.Equal(200, a.Status)
        );
        Assert.Equal(people.Order(), (await Members(idp, group)).Order());
        var (leaving, staying) = (people[..4], people[4..]);
        await Task.WhenAll([
            .. leaving.Select(p =>
                Send(idp, "PATCH", $"Groups/{group}", Patch("remove", $"members[value eq \\\"{p}\\\"]"))
            ),
            Send(idp, "PATCH", $"Groups/{group}", Patch("replace", "externalId", "\"g-1\"")),
        ]);
        Assert.Equal(staying.Order(), (await Members(idp, group)).Order());
        var now = (await Send(idp, "GET", $"Groups/{group}")).Body;
        Assert.Equal(
            ("g-1", (string)made["meta"]!["created"]!),
            ((string?)now["externalId"], (string?)now["meta"]!["created"])
        );
    }

    [Fact]
    public async Task Changes_of_one_account_at_the_same_moment_are_all_kept()
    {
        using var idp = site.With(Role.Provisioner);
        var id = await Enter(idp, $"wanda-{database}");
        var paths = new[] { "externalId", "title", "displayName", "name.givenName", "name.familyName" };
        Assert.All(
            await Task.WhenAll(paths.Select(p => Send(idp, "PATCH", $"Users/{id}", Patch("replace", p, $"\"{p}\"")))),
            a => Assert.Equal(200, a.Status)
        );
        var now = (await Send(idp, "GET", $"Users/{id}")).Body;
        Assert.Equal(
            paths,
            paths.Select(p => (string?)p.Split('.').Aggregate((JsonNode?)now, (at, name) => at?[name]))
        );
    }

    private static async Task<List<string>> Members(HttpClient idp, string group) =>
        [.. (await Send(idp, "GET", $"Groups/{group}")).Body["members"]!.AsArray().Select(m => (string)m!["value"]!)];
}

public sealed class ScimTogetherOnSqliteTests(Site site) : ScimTogetherTests(site, "sqlite");

public sealed class ScimTogetherOnPostgresTests(PostgresSite site) : ScimTogetherTests(site.There(), "postgres");
