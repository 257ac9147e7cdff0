using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Moat.Tests;

/// <summary>
/// A real Prometheus that watches a small inference service, and a real Alertmanager that tells Moat. The service has
/// one number for how far its inputs have drifted; it can be set, and the service can stop.
/// </summary>
internal sealed class WatchedService : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _service = new();
    private readonly List<Process> _programs = [];
    private readonly int _port = FreePort();

    private WatchedService()
    {
        var service = FreePort();
        Service = $"127.0.0.1:{service}";
        _service.Prefixes.Add($"http://{Service}/");
    }

    /// <summary>Where the service listens.</summary>
    public string Service { get; }

    /// <summary>Where Prometheus listens.</summary>
    public string Prometheus => $"http://127.0.0.1:{_port}";

    /// <summary>How far the inputs have drifted: above 0.2 the alert begins.</summary>
    public double Drift { get; set; } = 0.04;

    /// <summary>Starts all three; alerts go to Moat's webhook with this token.</summary>
    public static async Task<WatchedService> Start(string hook, string token)
    {
        var (prometheus, alertmanager) = (Counterpart.Find("prometheus"), Counterpart.Find("prometheus-alertmanager"));
        Counterpart.Need(prometheus is not null && alertmanager is not null, "Prometheus with Alertmanager");
        var watched = new WatchedService();
        watched._service.Start();
        _ = watched.Answer();
        var alertPort = FreePort();
        await watched.Write(
            "alertmanager.yml",
            $$"""
            route: { receiver: moat, group_wait: 100ms, group_interval: 1s, repeat_interval: 1h }
            receivers: [{ name: moat, webhook_configs: [{ url: "{{hook}}", send_resolved: true, http_config: { authorization: { credentials: "{{token}}" } } }] }]
            """
        );
        await watched.Write(
            "rules.yml",
            """
            groups: [{ name: serving, rules: [
              { alert: InferenceDown, expr: "up{job='inference'} == 0", labels: { severity: critical } },
              { alert: ModelDriftPSIHigh, expr: "model_input_psi > 0.2", labels: { severity: warning }, annotations: { summary: "Inputs of the triage model have drifted" } } ] }]
            """
        );
        await watched.Write(
            "prometheus.yml",
            $$"""
            global: { scrape_interval: 250ms, scrape_timeout: 200ms, evaluation_interval: 250ms }
            rule_files: ["{{watched._folder.Of("rules.yml")}}"]
            alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:{{alertPort}}"] }] }] }
            scrape_configs: [{ job_name: inference, static_configs: [{ targets: ["{{watched.Service}}"] }] }]
            """
        );
        watched.Run(
            alertmanager!,
            $"--config.file={watched._folder.Of("alertmanager.yml")}",
            $"--storage.path={watched._folder.Of("alerts")}",
            $"--web.listen-address=127.0.0.1:{alertPort}",
            "--cluster.listen-address="
        );
        watched.Run(
            prometheus!,
            $"--config.file={watched._folder.Of("prometheus.yml")}",
            $"--storage.tsdb.path={watched._folder.Of("tsdb")}",
            $"--web.listen-address=127.0.0.1:{watched._port}"
        );
        return watched;
    }

    /// <summary>The inference service stops answering.</summary>
    public void Stop() => _service.Stop();

    public ValueTask DisposeAsync()
    {
        foreach (var program in _programs)
        {
            program.Kill(entireProcessTree: true);
            program.WaitForExit();
            program.Dispose();
        }
        _service.Close();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Answer()
    {
        while (_service.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await _service.GetContextAsync();
            }
            catch (Exception e)
                when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            await using var body = new StreamWriter(asked.Response.OutputStream);
            await body.WriteAsync(
                string.Create(CultureInfo.InvariantCulture, $"inference_requests_total 42\nmodel_input_psi {Drift}\n")
            );
        }
    }

    private Task Write(string name, string text) => File.WriteAllTextAsync(_folder.Of(name), text);

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _programs.Add(process);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
