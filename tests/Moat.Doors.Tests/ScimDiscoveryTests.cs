using System.Text.Json.Nodes;
using Moat.Isms.Kernel;
using static Moat.Tests.ScimRequests;

namespace Moat.Tests;

/// <summary>
/// Everything below the protocol's address answers in its words, and every address that it tells of is there (RFC 7644,
/// 3.12 and 4).
/// </summary>
public sealed class ScimDiscoveryTests(Site site)
{
    [Fact]
    public async Task Every_address_that_is_told_of_answers_with_what_was_told()
    {
        using var idp = site.With(Role.Provisioner);
        var told = new List<JsonNode> { (await Send(idp, "GET", "ServiceProviderConfig")).Body };
        foreach (var (list, total) in new[] { ("ResourceTypes", 2), ("Schemas", 3) })
        {
            var all = (await Send(idp, "GET", list)).Body;
            Assert.Equal((total, total), ((int)all["totalResults"]!, (int)all["itemsPerPage"]!));
            told.AddRange(all["Resources"]!.AsArray().Select(r => r!));
            Assert.Equal(403, (await Send(idp, "GET", $"{list}?filter=id%20pr")).Status);
        }
        foreach (var one in told)
        {
            var location = (string)one["meta"]!["location"]!;
            Assert.StartsWith($"{site.Url}/scim/v2/", location, StringComparison.Ordinal);
            Assert.Equal(
                one.ToJsonString(),
                (await Send(idp, "GET", location[$"{site.Url}/scim/v2/".Length..])).Body.ToJsonString()
            );
        }
        var schemas = told.Select(o => (string?)o["id"]).ToHashSet();
        var types = told.Where(o => o["schemaExtensions"] is not null).ToList();
        Assert.All(types, t => Assert.Contains((string?)t["schema"], schemas));
        foreach (var extension in types.SelectMany(t => t["schemaExtensions"]!.AsArray()))
            Assert.Contains((string?)extension!["schema"], schemas);
        foreach (var type in types)
            Assert.Equal(200, (await Send(idp, "GET", ((string)type["endpoint"]!)[1..])).Status);
    }

    [Fact]
    public async Task Every_attribute_that_is_shown_is_in_a_schema()
    {
        using var idp = site.With(Role.Provisioner);
        var user = (await Send(idp, "GET", "Users?count=1")).Body["Resources"]![0]!.AsObject();
        var attributes = (await Send(idp, "GET", "Schemas/urn:ietf:params:scim:schemas:core:2.0:User")).Body[
            "attributes"
        ]!
            .AsArray()
            .Select(a => (string)a!["name"]!)
            .ToList();
        Assert.Empty(
            user.Select(m => m.Key)
                .Where(k => !k.StartsWith("urn:", StringComparison.Ordinal))
                .Except([.. attributes, "schemas", "id", "externalId", "meta"])
        );
    }

    [Theory]
    [InlineData("POST", "Bulk", 501)]
    [InlineData("POST", "Users/.search", 501)]
    [InlineData("POST", ".search", 501)]
    [InlineData("GET", "Me", 501)]
    [InlineData("GET", "Devices", 404)]
    [InlineData("DELETE", "Schemas/urn:nothing", 404)]
    [InlineData("GET", "Schemas/urn:nothing", 404)]
    [InlineData("GET", "ResourceTypes/Device", 404)]
    [InlineData("POST", "Users/x/y", 404)]
    [InlineData("GET", "", 404)]
    public async Task What_is_not_there_or_not_offered_is_refused_in_the_words_of_the_protocol(
        string method,
        string path,
        int status
    )
    {
        using var idp = site.With(Role.Provisioner);
        var (answered, error) = await Send(idp, method, path, method == "POST" ? "{}" : null);
        Assert.Equal(
            (status, $"{status}", "urn:ietf:params:scim:api:messages:2.0:Error"),
            (answered, (string?)error["status"], (string?)error["schemas"]![0])
        );
        Assert.NotEmpty((string)error["detail"]!);
    }
}
