using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using static Moat.Tests.ScimRequests;

namespace Moat.Tests;

/// <summary>
/// An account is read back as it was told, changes only as it was said, and goes when it is deleted (RFC 7644, 3.5 and
/// 3.6).
/// </summary>
public abstract class ScimAccountTests(Site site, string database)
{
    private const string Department = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";

    [Fact]
    public async Task What_is_not_understood_never_switches_an_account_on()
    {
        using var idp = site.With(Role.Provisioner);
        var login = $"olga-{database}";
        var id = await Enter(idp, login);
        string Put(string more) => $$"""{"userName":"{{login}}@acme.test"{{more}}}""";
        async Task<bool> IsOn() => (bool)(await Send(idp, "GET", $"Users/{id}")).Body["active"]!;
        foreach (var (on, word) in new[] { (false, "\"False\""), (true, "\"True\"") })
        {
            Assert.Equal(200, (await Send(idp, "PATCH", $"Users/{id}", Patch("Replace", "active", word))).Status);
            foreach (
                var value in new[] { "0", "1", "\"no\"", "\"disabled\"", "\"\"", "null", "[false]", "[true]", "{}" }
            )
            {
                Assert.Equal(
                    (value, (400, "invalidValue")),
                    (value, Fault(await Send(idp, "PATCH", $"Users/{id}", Patch("replace", "active", value))))
                );
                Assert.Equal(
                    (400, "invalidValue"),
                    Fault(
                        await Send(
                            idp,
                            "PATCH",
                            $"Users/{id}",
                            $$$"""{"Operations":[{"op":"replace","value":{"active":{{{value}}}}}]}"""
                        )
                    )
                );
                Assert.Equal(
                    (400, "invalidValue"),
                    Fault(await Send(idp, "PUT", $"Users/{id}", Put($",\"active\":{value}")))
                );
                Assert.Equal(
                    (400, "invalidValue"),
                    Fault(
                        await Send(
                            idp,
                            "POST",
                            "Users",
                            $$"""{"userName":"nobody-{{database}}@acme.test","active":{{value}}}"""
                        )
                    )
                );
                Assert.Equal(on, await IsOn());
            }
            Assert.Equal(
                (400, "invalidValue"),
                Fault(await Send(idp, "PATCH", $"Users/{id}", Patch("remove", "active")))
            );
            Assert.Equal(200, (await Send(idp, "PUT", $"Users/{id}", Put(""))).Status);
            Assert.Equal(200, (await Send(idp, "PATCH", $"Users/{id}", Patch("replace", "title", "\"Lead\""))).Status);
            Assert.Equal(on, await IsOn());
        }
        Assert.Equal(200, (await Send(idp, "PUT", $"Users/{id}", Put(",\"active\":\"false\""))).Status);
        Assert.False(await IsOn());
    }

    [Theory]
    [InlineData("Vera Lena von Ahn", "Vera Lena", "von Ahn")]
    [InlineData("Ahn, Vera", "Vera", "Ahn")]
    [InlineData("Cher", "Cher", null)]
    public async Task A_name_is_read_back_as_it_was_told_however_often_it_is_told(
        string shown,
        string given,
        string? family
    )
    {
        using var idp = site.With(Role.Provisioner);
        var name = new JsonObject { ["givenName"] = given };
        if (family is not null)
            name["familyName"] = family;
        var id = await Enter(
            idp,
            $"{given.Split(' ')[0]}-{shown.Length}-{database}".ToLowerInvariant(),
            $",\"displayName\":\"{shown}\",\"name\":{name.ToJsonString()}"
        );
        async Task Same()
        {
            var told = (await Send(idp, "GET", $"Users/{id}")).Body;
            Assert.Equal(
                (shown, given, family),
                (
                    (string?)told["displayName"],
                    (string?)told["name"]!["givenName"],
                    (string?)told["name"]!["familyName"]
                )
            );
        }
        await Same();
        for (var time = 0; time < 3; time++)
        {
            if (family is not null)
                Assert.Equal(
                    200,
                    (
                        await Send(idp, "PATCH", $"Users/{id}", Patch("Replace", "name.familyName", $"\"{family}\""))
                    ).Status
                );
            Assert.Equal(
                200,
                (await Send(idp, "PATCH", $"Users/{id}", Patch("Add", "title", $"\"Lead {time}\""))).Status
            );
            await Same();
            Assert.Equal(
                200,
                (
                    await Send(idp, "PUT", $"Users/{id}", (await Send(idp, "GET", $"Users/{id}")).Body.ToJsonString())
                ).Status
            );
            await Same();
        }
    }

    [Fact]
    public async Task A_name_that_is_told_in_parts_follows_its_parts_and_half_a_name_replaces_none()
    {
        using var idp = site.With(Role.Provisioner);
        var id = await Enter(
            idp,
            $"petra-{database}",
            ",\"name\":{\"givenName\":\"Petra Maria\",\"familyName\":\"de Witt\"}"
        );
        async Task<string> Shown(string patch) =>
            (string)(await Send(idp, "PATCH", $"Users/{id}", patch)).Body["displayName"]!;
        Assert.Equal("Petra Maria de Witt", await Shown(Patch("replace", "name.familyName", "\"de Witt\"")));
        Assert.Equal("Petra Maria van Dam", await Shown(Patch("replace", "name.familyName", "\"van Dam\"")));
        Assert.Equal("Petra", await Shown(Patch("replace", "displayName", "\"Petra\"")));
        Assert.Equal("Petra Maria van Dam", await Shown(Patch("remove", "displayName")));
        var whole = await Enter(idp, $"quinn-{database}", ",\"name\":{\"formatted\":\"Quinn Quist\"}");
        Assert.Equal(
            "Quinn Quist",
            (string)
                (await Send(idp, "PATCH", $"Users/{whole}", Patch("add", "name.familyName", "\"Quist\""))).Body[
                    "displayName"
                ]!
        );
    }

    [Theory]
    [InlineData("remove", null)]
    [InlineData("replace", "null")]
    [InlineData("replace", "\"\"")]
    public async Task What_the_provider_takes_away_is_gone(string verb, string? value)
    {
        using var idp = site.With(Role.Provisioner);
        var told =
            $$""","externalId":"x-{{database}}","title":"Engineer","{{Department[..^11]}}":{"department":"Platform"}""";
        var id = await Enter(idp, $"rosa-{verb}-{value?.Length}-{database}", told);
        foreach (var path in new[] { "title", "externalId", Department })
        {
            var (status, now) = await Send(idp, "PATCH", $"Users/{id}", Patch(verb, path, value));
            Assert.Equal((200, false), (status, Says(now, path)));
        }
        var bare = (await Send(idp, "GET", $"Users/{id}")).Body;
        Assert.DoesNotContain(new[] { "title", "externalId", Department }, path => Says(bare, path));
        Assert.Equal(
            (400, "invalidValue"),
            Fault(await Send(idp, "PATCH", $"Users/{id}", Patch("replace", "title", "5")))
        );
    }

    [Fact]
    public async Task What_a_replacement_leaves_out_is_gone()
    {
        using var idp = site.With(Role.Provisioner);
        var login = $"sven-{database}";
        var id = await Enter(idp, login, $$""","title":"Engineer","{{Department[..^11]}}":{"department":"Platform"}""");
        var (status, now) = await Send(
            idp,
            "PUT",
            $"Users/{id}",
            $$"""{"userName":"{{login}}@acme.test","title":""}"""
        );
        Assert.Equal((200, false, false), (status, Says(now, "title"), Says(now, Department)));
    }

    [Fact]
    public async Task A_filter_reaches_behind_what_it_chose_from_a_list()
    {
        using var idp = site.With(Role.Provisioner);
        var login = $"tina-{database}";
        await Enter(idp, login);
        foreach (
            var (filter, total) in new[]
            {
                ($"emails[type eq \"work\"].value eq \"{login}@acme.test\"", 1),
                ($"emails[type eq \"home\"].value eq \"{login}@acme.test\"", 0),
                ($"emails[type eq \"work\"].value sw \"{login}\" and active eq true", 1),
                ($"not (emails[primary eq true].value pr) and userName sw \"{login}\"", 0),
            }
        )
            Assert.Equal(
                (filter, total),
                (
                    filter,
                    (int)(await Send(idp, "GET", $"Users?filter={Uri.EscapeDataString(filter)}")).Body["totalResults"]!
                )
            );
        foreach (
            var filter in new[]
            {
                "emails[type eq \"work\"].value",
                "emails[type eq \"work\"].",
                "emails[type eq \"work\"]value eq \"x\"",
            }
        )
            Assert.Equal(
                (filter, (400, "invalidFilter")),
                (filter, Fault(await Send(idp, "GET", $"Users?filter={Uri.EscapeDataString(filter)}")))
            );
    }

    [Fact]
    public async Task An_account_that_was_deleted_is_not_found_and_its_time_of_creation_is_told_from_the_start()
    {
        using var idp = site.With(Role.Provisioner);
        var body = $$"""{"userName":"uwe-{{database}}@acme.test"}""";
        var made = (await Send(idp, "POST", "Users", body)).Body;
        var id = (string)made["id"]!;
        Assert.True(
            TimeProvider.System.GetUtcNow() - (DateTimeOffset)made["meta"]!["created"]! < TimeSpan.FromMinutes(5)
        );
        Assert.Equal(made.ToJsonString(), (await Send(idp, "GET", $"Users/{id}")).Body.ToJsonString());
        Assert.Equal(204, (await Send(idp, "DELETE", $"Users/{id}")).Status);
        foreach (var method in new[] { "GET", "DELETE" })
            Assert.Equal(404, (await Send(idp, method, $"Users/{id}")).Status);
        Assert.Equal(404, (await Send(idp, "PUT", $"Users/{id}", body)).Status);
        Assert.Equal(404, (await Send(idp, "PATCH", $"Users/{id}", Patch("replace", "active", "true"))).Status);
        Assert.Equal(
            0,
            (int)
                (await Send(idp, "GET", $"Users?filter={Uri.EscapeDataString($"id eq \"{id}\"")}")).Body[
                    "totalResults"
                ]!
        );
        Assert.Equal(201, (await Send(idp, "POST", "Users", body)).Status);
    }

    private static bool Says(JsonNode account, string path) =>
        path == Department ? account[Department[..^11]]?["department"] is not null : account[path] is not null;
}

public sealed class ScimAccountOnSqliteTests(Site site) : ScimAccountTests(site, "sqlite");

public sealed class ScimAccountOnPostgresTests(PostgresSite site) : ScimAccountTests(site.There(), "postgres");
