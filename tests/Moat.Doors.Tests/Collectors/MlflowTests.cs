using Moat.Collectors.Models;
using Moat.Isms.Evidence.Collectors;
using Moat.Knowledge;
using Moat.Knowledge.Checks;

namespace Moat.Tests;

/// <summary>
/// MLflow: every page of versions, what is served and out of which run, and who may change a model where the server
/// tells it.
/// </summary>
public sealed class MlflowTests
{
    private const string Model =
        """{"registered_models":[{"name":"triage","aliases":[{"alias":"champion","version":"201"}]}]}""";

    [Fact]
    public async Task Who_may_change_a_model_is_read_for_each_user()
    {
        await using var source = await RecordedSource.Start();
        source
            .On("/api/2.0/mlflow/registered-models/search", Model)
            .On("/api/2.0/mlflow/model-versions/search", "{}")
            .On(
                "/api/2.0/mlflow/users/list",
                """{"users":[{"id":1,"username":"admin","is_admin":true},{"id":2,"username":"dana","is_admin":false},{"id":3,"username":"o'hara & co","is_admin":false}]}"""
            )
            // MLflow's handler refuses a request without a user.
            .On(
                r => r.Path == Permissions && !r.Query.ContainsKey("username"),
                """{"error_code":"INVALID_PARAMETER_VALUE"}""",
                400
            )
            .On(
                r => r.Path == Permissions && r.Query["name"] == "triage" && r.Query["username"] == "o'hara & co",
                """{"registered_model_permission":{"name":"triage","user_id":3,"permission":"MANAGE"}}"""
            )
            .On(Permissions, """{"error_code":"RESOURCE_DOES_NOT_EXIST"}""", 404);
        var all = await RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access());
        Assert.Equal(
            """[{"id":"admin","permission":"ADMIN"},{"id":"o\u0027hara \u0026 co","permission":"MANAGE"}]""",
            all.OfType<CollectedFact>().Single().Content["principals"]!.ToJsonString()
        );
        Assert.Empty(all.OfType<StatedLimit>());
    }

    [Theory]
    [InlineData(404, "no sign-in of its own")]
    [InlineData(403, "administrators only")]
    public async Task A_server_that_never_tells_permissions_states_a_limit_once(int status, string says)
    {
        await using var source = await RecordedSource.Start();
        source
            .On("/api/2.0/mlflow/registered-models/search", Model)
            .On("/api/2.0/mlflow/model-versions/search", "{}")
            .On("/api/2.0/mlflow/users/list", "{}", status);
        var all = await RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access());
        var limit = Assert.IsType<StatedLimit>(all[0]);
        Assert.Contains(says, limit.Why, StringComparison.Ordinal);
        Assert.Equal(limit.Why, (string?)Assert.IsType<CollectedFact>(all[1]).Content["unknown"]!["principals"]);
    }

    [Fact]
    public async Task A_server_that_fails_to_tell_permissions_states_no_limit()
    {
        await using var source = await RecordedSource.Start();
        source
            .On("/api/2.0/mlflow/registered-models/search", Model)
            .On("/api/2.0/mlflow/model-versions/search", "{}")
            .On("/api/2.0/mlflow/users/list", "[]");
        var all = await RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access());
        Assert.Contains(
            "in a form nobody expected",
            (string)Assert.IsType<CollectedFact>(Assert.Single(all)).Content["unknown"]!["principals"]!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task All_pages_of_versions_are_read_and_what_is_served_is_told_with_its_run()
    {
        await using var source = await RecordedSource.Start();
        var first = string.Join(
            ',',
            Enumerable.Range(1, 200).Select(i => $$"""{"name":"triage","version":"{{i}}","current_stage":"None"}""")
        );
        source
            .On("/api/2.0/mlflow/registered-models/search", Model)
            .On(
                r => r.Path == "/api/2.0/mlflow/model-versions/search" && !r.Query.ContainsKey("page_token"),
                $$"""{"model_versions":[{{first}}],"next_page_token":"p2"}"""
            )
            .On(
                "/api/2.0/mlflow/model-versions/search",
                """{"model_versions":[{"version":"201","run_id":"r1","source":"s3://weights/r1","status":"READY","tags":[{"key":"data","value":"notes@7"}]},{"version":"202","current_stage":"Production","run_id":"gone"}]}"""
            )
            .On(
                r => r.Path == "/api/2.0/mlflow/runs/get" && r.Query["run_id"] == "r1",
                """{"run":{"info":{"status":"FINISHED","lifecycle_stage":"active"},"data":{"tags":[{"key":"mlflow.source.git.commit","value":"abc"}]}}}"""
            )
            .On("/api/2.0/mlflow/runs/get", """{"error_code":"RESOURCE_DOES_NOT_EXIST"}""", 404);
        var fact = (await RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access()))
            .OfType<CollectedFact>()
            .Single()
            .Content;
        Assert.Equal((202, 2), ((int)fact["versions"]!, (int)fact["served"]!));
        Assert.Equal(
            """{"version":"201","stage":null,"aliases":["champion"],"runId":"r1","run":{"status":"FINISHED","lifecycle":"active","commit":"abc"},"source":"s3://weights/r1","status":"READY","tags":["data=notes@7"]}""",
            fact["servedVersions"]![0]!.ToJsonString()
        );
        var registered = fact["registeredVersions"]!.AsArray();
        Assert.Equal(
            (50, "202", "153"),
            (registered.Count, (string)registered[0]!["version"]!, (string)registered[49]!["version"]!)
        );
        Assert.Equal(
            ("Production", "gone"),
            ((string)fact["servedVersions"]![1]!["stage"]!, (string)fact["servedVersions"]![1]!["run"]!["lifecycle"]!)
        );
    }

    [Theory]
    [InlineData("""{"error_code":"RESOURCE_DOES_NOT_EXIST"}""", 404, "is gone from MLflow", CheckOutcome.Unknown)]
    [InlineData("""{"error_code":"PERMISSION_DENIED"}""", 403, "cannot be read", CheckOutcome.Unknown)]
    [InlineData("""{"run":{"info":{"status":"FINISHED"}}}""", 200, "", CheckOutcome.Passing)]
    public async Task A_served_version_whose_run_is_gone_tells_of_no_run(
        string answer,
        int status,
        string says,
        CheckOutcome outcome
    )
    {
        await using var source = await RecordedSource.Start();
        source
            .On("/api/2.0/mlflow/registered-models/search", Model)
            .On("/api/2.0/mlflow/model-versions/search", """{"model_versions":[{"version":"201","run_id":"r1"}]}""")
            .On("/api/2.0/mlflow/runs/get", answer, status);
        var fact = (await RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access()))
            .OfType<CollectedFact>()
            .Single()
            .Content;
        var finding = KnowledgeBase
            .Shipped.CheckById["mlflow-served-has-run"]
            .Rule.Evaluate(new FactContent(fact.ToJsonString()));
        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(says, finding.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "names version 201, which the registry does not list")]
    [InlineData(
        """{"model_versions":[{"version":"201","run_id":"r1"}]}""",
        "does not say whether version 201 is ready"
    )]
    public async Task A_served_version_that_is_not_listed_or_tells_no_status_is_not_known_to_be_ready(
        string versions,
        string says
    )
    {
        await using var source = await RecordedSource.Start();
        source
            .On("/api/2.0/mlflow/registered-models/search", Model)
            .On("/api/2.0/mlflow/model-versions/search", versions)
            .On("/api/2.0/mlflow/runs/get", """{"run":{"info":{"status":"FINISHED"}}}""");
        var fact = (await RecordedSource.Everything(new MlflowCollector(RecordedSource.Http()), source.Access()))
            .OfType<CollectedFact>()
            .Single()
            .Content;
        var finding = KnowledgeBase
            .Shipped.CheckById["mlflow-served-ready"]
            .Rule.Evaluate(new FactContent(fact.ToJsonString()));
        Assert.Equal(CheckOutcome.Unknown, finding.Outcome);
        Assert.Contains(says, finding.Detail, StringComparison.Ordinal);
    }

    private const string Permissions = "/api/2.0/mlflow/registered-models/permissions/get";
}
