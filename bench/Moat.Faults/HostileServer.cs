using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Moat.Faults;

/// <summary>How a server that Moat asks can behave.</summary>
internal enum Manner
{
    /// <summary>Takes the connection and never says a word.</summary>
    Silent,

    /// <summary>Closes the connection at once.</summary>
    Closing,

    /// <summary>A byte of the answer's head every half second.</summary>
    DrippingHead,

    /// <summary>A byte of the answer's body every half second, without end.</summary>
    DrippingBody,

    /// <summary>A body without end, as fast as the line carries.</summary>
    Endless,

    /// <summary>Fields of the head without end.</summary>
    EndlessHead,

    /// <summary>Says that 100 bytes come and sends ten.</summary>
    Short,

    /// <summary>Sends to an address of this machine that nobody named.</summary>
    Redirecting,

    /// <summary>Random bytes instead of HTTP.</summary>
    Garbage,

    /// <summary>JSON of one array in another, 100,000 deep.</summary>
    Deep,

    /// <summary>A gzip body of a few kilobytes that unpacks to gigabytes.</summary>
    Bomb,

    /// <summary>Asks to come back in a year.</summary>
    Later,
}

/// <summary>A server that behaves in one manner to everybody who asks.</summary>
internal sealed class HostileServer : IDisposable
{
    private static readonly byte[] Zipped = Bomb();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Random _random;
    private readonly Manner _manner;

    public HostileServer(Manner manner, int seed)
    {
        (_manner, _random) = (manner, new Random(seed));
        _listener.Start();
        _ = Listen();
    }

    /// <summary>Where it listens.</summary>
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose() => _listener.Dispose();

    private async Task Listen()
    {
        try
        {
            while (true)
                _ = Answer(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It was disposed.
        }
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
            try
            {
                await using var stream = client.GetStream();
                if (_manner != Manner.Closing)
                    _ = await stream.ReadAsync(new byte[65536]);
                await Behave(stream);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // The other side had enough.
            }
    }

    private Task Behave(NetworkStream to) =>
        _manner switch
        {
            Manner.Silent => Task.Delay(TimeSpan.FromMinutes(5)),
            Manner.Closing => Task.CompletedTask,
            Manner.DrippingHead => Drip(to, "HTTP/1.1 200 OK\r\n"),
            Manner.DrippingBody => Drip(
                to,
                "",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n["
            ),
            Manner.Endless => Pour(
                to,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[",
                "\"" + new string('x', 60_000) + "\","
            ),
            Manner.EndlessHead => Pour(to, "HTTP/1.1 200 OK\r\n", "X-More: " + new string('x', 8_000) + "\r\n"),
            Manner.Short => Say(
                to,
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\":\"bcd\""
            ),
            Manner.Redirecting => Say(
                to,
                "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n\r\n"
            ),
            Manner.Deep => Say(to, Whole("application/json", new string('[', 100_000))),
            Manner.Later => Say(
                to,
                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 31536000\r\nContent-Length: 0\r\n\r\n"
            ),
            Manner.Bomb => Unpack(to),
            _ => Noise(to),
        };

    private async Task Noise(NetworkStream to)
    {
        var bytes = new byte[4096];
        _random.NextBytes(bytes);
        await to.WriteAsync(bytes);
    }

    private static Task Say(NetworkStream to, string text) => to.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    private static string Whole(string type, string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static async Task Drip(NetworkStream to, string slowly, string first = "")
    {
        await Say(to, first);
        for (var sent = 0; ; sent++)
        {
            await Say(
                to,
                sent < slowly.Length ? slowly[sent].ToString()
                    : first.Length > 0 ? " "
                    : "x"
            );
            await Task.Delay(500);
        }
    }

    private static async Task Pour(NetworkStream to, string first, string again)
    {
        await Say(to, first);
        var bytes = Encoding.Latin1.GetBytes(again);
        while (true)
            await to.WriteAsync(bytes);
    }

    private static async Task Unpack(NetworkStream to)
    {
        await Say(
            to,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {Zipped.Length}\r\n\r\n"
        );
        await to.WriteAsync(Zipped);
    }

    private static byte[] Bomb()
    {
        using var stream = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionLevel.Optimal))
        {
            var spaces = new byte[1 << 20];
            Array.Fill(spaces, (byte)' ');
            for (var i = 0; i < 2048; i++)
                gzip.Write(spaces);
        }
        return stream.ToArray();
    }
}
