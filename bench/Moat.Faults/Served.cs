using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Moat.Tests;
using Npgsql;

namespace Moat.Faults;

/// <summary>
/// An installation of one organisation that is served by the program itself, killed, and served again.
/// </summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ServedMoat? _server;

    private Served(string? postgres) => Postgres = postgres;

    /// <summary>The connection string, where the records are in PostgreSQL.</summary>
    public string? Postgres { get; }

    /// <summary>The folder of the data.</summary>
    public string Data => _folder.Of("data");

    /// <summary>The owner's token.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The process that serves.</summary>
    public Process Process => _server!.Process;

    private string[] Place => Postgres is null ? ["--data", Data] : ["--data", Data, "--postgres", Postgres];

    /// <summary>Founds the organisation and serves it.</summary>
    /// <param name="postgres">A connection string, or null for SQLite.</param>
    /// <param name="prepare">Done to the folder before anything is in it.</param>
    public static async Task<Served> Start(string? postgres = null, Action<string>? prepare = null)
    {
        var served = new Served(postgres);
        prepare?.Invoke(served.Data);
        await served.Do("init", "--org", "acme", "--name", "Acme AI", "--admin", "ada@acme.example");
        served.Token = await served.NewToken("owner");
        await served.Serve();
        return served;
    }

    /// <summary>A token of a role.</summary>
    public async Task<string> NewToken(string role) =>
        (await Do("token", "create", "--role", role, "--name", $"faults {role}")).Trim().Split('\n')[^1].Trim();

    /// <summary>Serves, again.</summary>
    public async Task Serve(params string[] more) => _server = await MoatProgram.Serve(["serve", .. Place, .. more]);

    /// <summary>Ends the process as the system does when memory is gone: without a word.</summary>
    public void Kill()
    {
        _server?.Dispose();
        _server = null;
    }

    /// <summary>A client with the owner's token, or another.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient { BaseAddress = new Uri(_server!.Url), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Token);
        return client;
    }

    /// <summary>Waits until the server says that it is ready.</summary>
    public async Task Ready()
    {
        using var client = Client();
        for (var attempt = 0; attempt < 240; attempt++)
        {
            try
            {
                using var ready = await client.GetAsync("/health/ready");
                using var read = await client.GetAsync("/api/v1/acme/assets");
                if (ready.IsSuccessStatusCode && read.IsSuccessStatusCode)
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // It is still starting.
            }
            await Task.Delay(250);
        }
        throw new InvalidOperationException("The server did not become ready within a minute.");
    }

    /// <summary>What <c>moat verify</c> finds wrong; null when everything fits.</summary>
    public async Task<string?> Verify()
    {
        var (code, output, error) = await MoatProgram.Run(["verify", .. Place]);
        return code == 0 ? null : $"verify ended with {code}: {output.Split('\n')[0]} {error.Split('\n')[0]}";
    }

    /// <summary>How often each name of an asset is stored, past every filter of the product.</summary>
    public async Task<Dictionary<string, int>> StoredAssets()
    {
        await using System.Data.Common.DbConnection connection = Postgres is null
            ? new SqliteConnection($"Data Source={Path.Combine(Data, "moat.db")};Mode=ReadOnly")
            : new NpgsqlConnection(Postgres);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        if (Postgres is not null)
        {
            command.CommandText =
                "SELECT set_config('moat.organization', (SELECT id::text FROM organization LIMIT 1), false)";
            await command.ExecuteNonQueryAsync();
        }
        command.CommandText = "SELECT name, COUNT(*) FROM asset GROUP BY name";
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
            found[rows.GetString(0)] = Convert.ToInt32(rows.GetValue(1), CultureInfo.InvariantCulture);
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        _folder.Dispose();
        if (Postgres is not null)
            PostgresCluster.Release(Postgres);
        await Task.CompletedTask;
    }

    private Task<string> Do(params string[] command) => MoatProgram.Do([.. command, .. Place]);

    /// <summary>Enters an asset once, whatever happens in between: the same key is the same request.</summary>
    public static async Task<int> Enter(HttpClient client, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/acme/assets")
        {
            Content = JsonContent.Create(new JsonObject { ["name"] = name, ["kind"] = "dataset" }),
        };
        request.Headers.Add("Idempotency-Key", name);
        try
        {
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return 0;
        }
    }
}
