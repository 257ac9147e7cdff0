using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Moat.Isms.Evidence.Facts;
using Moat.Isms.Kernel;
using Moat.Isms.People;
using static Moat.Tests.ScimRequests;

namespace Moat.Tests;

/// <summary>
/// An identity provider tells of accounts and groups (SCIM 2.0): joiners and leavers get their checklists, and nothing
/// else opens to its token.
/// </summary>
public sealed class ScimTests
{
    private const string Ben =
        """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ben@acme.test","externalId":"e-1","name":{"givenName":"Ben","familyName":"Berg"},"emails":[{"value":"ben@acme.test","primary":true}],"active":true,"title":"Engineer"}""";

    [Fact]
    public async Task A_joiner_a_leaver_and_somebody_who_comes_back_follow_from_what_the_account_is()
    {
        await using var acme = await Acme.Found(listens: true);
        using var idp = await Provider(acme);
        var (status, made) = await Send(idp, "POST", "Users", Ben);
        Assert.Equal((201, "Ben Berg", true), (status, (string)made["displayName"]!, (bool)made["active"]!));
        var id = (string)made["id"]!;
        Assert.EndsWith($"/scim/v2/Users/{id}", (string)made["meta"]!["location"]!, StringComparison.Ordinal);
        Assert.Equal((409, "uniqueness"), Fault(await Send(idp, "POST", "Users", Ben)));
        var person = await Person(acme, "Ben Berg");
        Assert.Equal("Engineer", person.JobTitle);
        Assert.NotNull(person.JoinedOn);
        Assert.NotEmpty(await Steps(acme, person.Ref));
        var asJoiner = (await Steps(acme, person.Ref)).Count;

        // As one provider writes it: capital letters, and booleans as text.
        var off =
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Replace","path":"active","value":"False"}]}""";
        Assert.False((bool)(await Send(idp, "PATCH", $"Users/{id}", off)).Body["active"]!);
        Assert.NotNull((await Person(acme, "Ben Berg", left: true)).LeftOn);
        var asLeaver = (await Steps(acme, person.Ref)).Count;
        Assert.True(asLeaver > asJoiner);
        await Send(idp, "PATCH", $"Users/{id}", off);
        Assert.Equal(asLeaver, (await Steps(acme, person.Ref)).Count);

        Assert.Equal(
            200,
            (
                await Send(
                    idp,
                    "PATCH",
                    $"Users/{id}",
                    """{"Operations":[{"op":"replace","value":{"active":true,"title":"Lead","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"Platform"}}]}"""
                )
            ).Status
        );
        var back = await Person(acme, "Ben Berg");
        Assert.Equal(("Lead", "Platform", (DateOnly?)null), (back.JobTitle, back.Department, back.LeftOn));
        Assert.Equal(
            "Benjamin Berg",
            (string)
                (
                    await Send(
                        idp,
                        "PATCH",
                        $"Users/{id}",
                        """{"Operations":[{"op":"add","path":"name.givenName","value":"Benjamin"}]}"""
                    )
                ).Body["displayName"]!
        );
        Assert.Equal(204, (await Send(idp, "DELETE", $"Users/{id}")).Status);
        Assert.Equal(404, (await Send(idp, "GET", $"Users/{id}")).Status);
        Assert.Contains(
            (
                await acme.Do<Page<ResourceRow>>(
                    "resources.list",
                    new JsonObject { ["kind"] = "directory.person", ["gone"] = true }
                )
            ).Items,
            r => r.Name == "ben@acme.test"
        );
        // The provider takes the same person in again: it is a new account of the person who is known.
        var again = await Send(idp, "POST", "Users", Ben);
        Assert.Equal((201, id, true), (again.Status, (string)again.Body["id"]!, (bool)again.Body["active"]!));
        Assert.Null((await Person(acme, "Ben Berg")).LeftOn);
    }

    [Fact]
    public async Task People_who_are_there_are_found_by_filters_and_joined_by_their_e_mail()
    {
        await using var acme = await Acme.Found(listens: true);
        using var idp = await Provider(acme);
        await acme.Do("people.create", new JsonObject { ["name"] = "Nora Nord", ["email"] = "nora@acme.test" });
        await Send(idp, "POST", "Users", Ben);
        foreach (
            var (filter, total) in new[]
            {
                ("userName eq \"NORA@acme.test\"", 1),
                ("userName eq \"none\"", 0),
                ("externalId eq \"e-1\" and active eq true", 1),
                ("emails[type eq \"work\" and value co \"ben@\"]", 1),
                ("not (userName sw \"ben\")", 2),
                ("title pr", 1),
                ("name.formatted eq \"Nora Nord\" or name.familyName eq \"Berg\"", 2),
                ("meta.created gt \"2020-01-01T00:00:00Z\"", 3),
                ("urn:ietf:params:scim:schemas:core:2.0:User:userName ew \".test\"", 3),
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
                "userName",
                "userName is \"x\"",
                "(userName pr",
                "userName eq x",
                "\"",
                "userName eq \"x\" and",
                string.Concat(Enumerable.Repeat("(", 100)),
            }
        )
            Assert.Equal(
                (400, "invalidFilter"),
                Fault(await Send(idp, "GET", $"Users?filter={Uri.EscapeDataString(filter)}"))
            );
        var page = (await Send(idp, "GET", "Users?startIndex=2&count=1")).Body;
        Assert.Equal(
            (3, 2, 1),
            ((int)page["totalResults"]!, (int)page["startIndex"]!, page["Resources"]!.AsArray().Count)
        );
        Assert.Empty((await Send(idp, "GET", "Users?count=0")).Body["Resources"]!.AsArray());
        Assert.Equal(
            201,
            (
                await Send(
                    idp,
                    "POST",
                    "Users",
                    """{"userName":"nora","displayName":"Nora Nord","emails":[{"value":"nora@acme.test"}]}"""
                )
            ).Status
        );
        Assert.Equal(3, (int)(await Send(idp, "GET", "Users")).Body["totalResults"]!);
        Assert.Equal((400, "invalidValue"), Fault(await Send(idp, "POST", "Users", """{"userName":"no-mail"}""")));
        Assert.Equal((400, "invalidSyntax"), Fault(await Send(idp, "POST", "Users", "{")));
        Assert.Equal(404, (await Send(idp, "GET", "Users/00000000-0000-0000-0000-000000000000")).Status);
    }

    [Fact]
    public async Task Groups_are_resources_whose_members_an_access_review_sees()
    {
        await using var acme = await Acme.Found(listens: true);
        using var idp = await Provider(acme);
        var ben = (string)(await Send(idp, "POST", "Users", Ben)).Body["id"]!;
        var (status, group) = await Send(idp, "POST", "Groups", """{"displayName":"training-cluster","members":[]}""");
        var id = (string)group["id"]!;
        Assert.Equal(201, status);
        Assert.Equal(
            (409, "uniqueness"),
            Fault(await Send(idp, "POST", "Groups", """{"displayName":"Training-Cluster"}"""))
        );
        var add = $$"""{"Operations":[{"op":"Add","path":"members","value":[{"value":"{{ben}}"}]}]}""";
        await Send(idp, "PATCH", $"Groups/{id}", add);
        Assert.Equal(
            ben,
            (string)Assert.Single((await Send(idp, "PATCH", $"Groups/{id}", add)).Body["members"]!.AsArray())!["value"]!
        );
        var resource = Assert.Single(
            (await acme.Do<Page<ResourceRow>>("resources.list", new JsonObject { ["kind"] = "directory.group" })).Items
        );
        var fact = JsonNode.Parse(
            (await acme.Do<ResourceView>("resources.get", new JsonObject { ["ref"] = resource.Ref })).Facts[0].Content
        )!;
        Assert.Equal("ben@acme.test", (string)fact["principals"]![0]!["id"]!);
        Assert.Equal(
            400,
            (
                await Send(
                    idp,
                    "PATCH",
                    $"Groups/{id}",
                    add.Replace(ben, "00000000-0000-0000-0000-000000000001", StringComparison.Ordinal)
                )
            ).Status
        );
        Assert.Empty(
            (
                await Send(
                    idp,
                    "PATCH",
                    $"Groups/{id}",
                    $$"""{"Operations":[{"op":"remove","path":"members[value eq \"{{ben}}\"]"}]}"""
                )
            ).Body["members"]!.AsArray()
        );
        Assert.Equal(
            "cluster",
            (string)(await Send(idp, "PUT", $"Groups/{id}", """{"displayName":"cluster"}""")).Body["displayName"]!
        );
        Assert.Equal(204, (await Send(idp, "DELETE", $"Groups/{id}")).Status);
        Assert.Equal(404, (await Send(idp, "GET", $"Groups/{id}")).Status);
        Assert.Single((await acme.Do<Page<ResourceRow>>("resources.list", new JsonObject { ["gone"] = true })).Items);
    }

    [Fact]
    public async Task Its_token_opens_nothing_else_and_others_do_not_open_this()
    {
        await using var acme = await Acme.Found(listens: true);
        using var idp = await Provider(acme);
        using (var risks = await idp.GetAsync("/api/v1/acme/risks"))
            Assert.Equal(HttpStatusCode.Forbidden, risks.StatusCode);
        using (
            var role = await idp.PostAsync(
                "/api/v1/acme/people",
                new StringContent("""{"name":"Eve Evil","email":"eve@acme.test"}""", Encoding.UTF8, "application/json")
            )
        )
            Assert.Equal(HttpStatusCode.Forbidden, role.StatusCode);
        using var agent = await Provider(acme, "agent");
        Assert.Equal(403, (await Send(agent, "GET", "Users")).Status);
        using var nobody = new HttpClient { BaseAddress = new Uri(acme.Url) };
        Assert.Equal(401, (await Send(nobody, "GET", "Users")).Status);
        Assert.True((bool)(await Send(idp, "GET", "ServiceProviderConfig")).Body["patch"]!["supported"]!);
    }

    [Fact]
    public async Task The_requests_of_the_corpus_are_understood()
    {
        await using var acme = await Acme.Found(listens: true);
        using var idp = await Provider(acme);
        string Of(string name) => File.ReadAllText(Corpus.Of($"scim/{name}.json"));
        var made = await Send(idp, "POST", "Users", Of("rfc7643-8.3-enterprise_user"));
        Assert.Equal(
            (201, "Tour Operations"),
            (
                made.Status,
                (string)made.Body["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]!["department"]!
            )
        );
        Assert.Null(made.Body["password"]);
        var id = (string)made.Body["id"]!;
        // The example names a user without any e-mail, by which nobody could be joined.
        Assert.Equal(
            (400, "invalidValue"),
            Fault(await Send(idp, "POST", "Users", Of("rfc7644-3.3-user-post_request")))
        );
        Assert.Equal(200, (await Send(idp, "PUT", $"Users/{id}", Of("rfc7644-3.5.1-user-put_request"))).Status);
        Assert.Equal(200, (await Send(idp, "PATCH", $"Users/{id}", Of("rfc7644-3.5.2.1-patch_op-add_emails"))).Status);
        Assert.Equal((400, "invalidValue"), Fault(await Send(idp, "POST", "Groups", Of("rfc7643-8.4-group"))));
    }

    private static async Task<HttpClient> Provider(Acme acme, string role = "provisioner")
    {
        var token = (
            await acme.Do<MadeToken>("access.create-token", new JsonObject { ["name"] = role, ["role"] = role })
        ).Token;
        return new HttpClient
        {
            BaseAddress = new Uri(acme.Url),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    private static async Task<PersonView> Person(Acme acme, string name, bool left = false) =>
        (await acme.Do<Page<PersonView>>("people.list", new JsonObject { ["left"] = left })).Items.Single(p =>
            p.Name == name
        );

    private static async Task<IReadOnlyList<PersonStep>> Steps(Acme acme, string reference) =>
        (await acme.Do<PersonDetail>("people.get", new JsonObject { ["ref"] = reference })).Steps;
}
