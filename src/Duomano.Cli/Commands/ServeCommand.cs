using System.CommandLine;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Duomano.Cli.Serving;
using Duomano.CommandLine;
using Duomano.Server;

namespace Duomano.Cli.Commands;

/// <summary>duomano serve: a page to drop music and videos on.</summary>
internal static class ServeCommand
{
    // Short enough for whoever waits for the server to end, seconds.
    private const double UsualGrace = 20;

    // Longer pieces are read by no reader, minutes.
    private const double LongestPiece = 24 * 60;

    public static Command Create()
    {
        var defaults = new ServerOptions();
        var port = NumberOption.Of("--port", "Port to listen on; 0 for any free one.", defaults.Port, 0, 65535);
        var address = new Option<string>("--address") { Description = "Address to listen on; this computer alone if not given.", DefaultValueFactory = _ => defaults.Address.ToString() };
        var hosts = new Option<string[]>("--host") { Description = "A name by which the server may be called besides localhost. May be given several times.", HelpName = "NAME" };
        var proxies = new Option<string[]>("--proxy") { Description = "Address (10.0.0.2) or network (172.17.0.0/16) of a reverse proxy before the server; it is believed whom it asks for (X-Forwarded-For), so that limits and log tell clients apart. May be given several times.", HelpName = "ADDRESS" };
        var token = new TokenOptions();
        var queue = NumberOption.Of("--queue", "Pieces that may wait or be worked on at a time.", defaults.MostWaiting, 1);
        var each = NumberOption.Of("--most-each", "Of these, pieces that one client (address) may have.", defaults.MostEach, 1);
        var requests = NumberOption.Of("--most-requests", "Requests that one client (address) may make a minute.", defaults.MostRequests, 1);
        var size = NumberOption.Of("--most-mib", "Largest upload without moving pictures, MiB.", (int)(defaults.MostBytes >> 20), 1);
        var videoSize = NumberOption.Of("--most-video-mib", "Largest video, MiB.", (int)(defaults.MostVideoBytes >> 20), 1);
        var minutes = NumberOption.Of("--most-minutes", "Longest music or video, minutes.", defaults.MostSeconds / 60, 0, LongestPiece, above: true);
        var notes = NumberOption.Of("--most-notes", "Most notes of a piece.", defaults.MostNotes, 1, MusicInput.MostNotes);
        var keep = new Option<string?>("--keep") { Description = "Keep jobs in this folder, so that the server knows them when it is started again: finished ones can be downloaded, the others are made. Without it all are forgotten when it ends.", HelpName = "FOLDER" };
        var keepHours = NumberOption.Of("--keep-hours", "How long finished pieces are kept, hours.", defaults.Keep.TotalHours, 0, 24 * 3660d, above: true);
        var kept = NumberOption.Of("--most-kept", "Finished pieces that are kept; the oldest go first.", defaults.MostKept, 1);
        var log = new Option<string?>("--log") { Description = "Append a line to this file for every request: time, client, method, path, status, bytes, milliseconds. It may be moved away at any time, as by logrotate.", HelpName = "FILE" };
        var grace = NumberOption.Optional<double>("--grace", $"Seconds that the piece which is being made has to be finished in when the server is told to end; {UsualGrace} if not given, 0 without --keep.", 0, 24 * 3600);
        var model = SharedOptions.Model();
        var handSize = SharedOptions.HandSize();
        var avatar = new AvatarOptions();
        var style = new StyleOptions(byNetwork: true);
        var seed = SharedOptions.Seed();
        var threads = SharedOptions.Threads();
        var command = new Command("serve", "Open a page in the browser to drop music or a video of a pianist on, watch the hands and download them.") { port, address, hosts, proxies, queue, each, requests, size, videoSize, minutes, notes, keep, keepHours, kept, grace, log, model, handSize, seed, threads };
        token.AddTo(command);
        style.AddTo(command);
        avatar.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!IPAddress.TryParse(parsed.GetValue(address), out var listen)) throw new ArgumentException($"--address is an IP address such as 127.0.0.1 or ::1, not '{parsed.GetValue(address)}'.");
            foreach (var name in parsed.GetValue(hosts) ?? [])
            {
                // "*" would let in whatever name somebody's DNS points here.
                if (Uri.CheckHostName(name) == UriHostNameType.Unknown) throw new ArgumentException($"--host is a name or an address such as piano.local, without port or path, not '{name}'.");
            }

            var options = new ServerOptions
            {
                Address = listen,
                Port = parsed.GetValue(port),
                HostNames = parsed.GetValue(hosts) ?? [],
                Proxies = [.. (parsed.GetValue(proxies) ?? []).Select(Proxy)],
                Token = token.Parse(parsed),
                Grace = TimeSpan.FromSeconds(parsed.GetValue(grace) ?? (parsed.GetValue(keep) is null ? 0 : UsualGrace)),
                LogFile = parsed.GetValue(log),
                KeepFolder = parsed.GetValue(keep),
                Keep = TimeSpan.FromHours(parsed.GetValue(keepHours)),
                MostKept = parsed.GetValue(kept),
                MostWaiting = parsed.GetValue(queue),
                MostEach = parsed.GetValue(each),
                MostRequests = parsed.GetValue(requests),
                MostBytes = (long)parsed.GetValue(size) << 20,
                MostVideoBytes = (long)parsed.GetValue(videoSize) << 20,
                MostSeconds = parsed.GetValue(minutes) * 60,
                MostNotes = parsed.GetValue(notes),
            };
            var who = avatar.Parse(parsed, null, parsed.GetValue(handSize), [], parsed.GetResult(handSize));
            if (who is not null) CommandHost.Say(who.Describe());
            using var maker = new UploadedMusic(
                ModelFinder.Find(parsed.GetValue(model)!), SharedOptions.Usable(parsed.GetValue(threads)),
                new() { Seed = parsed.GetValue(seed), HandSize = who?.HandSize ?? parsed.GetValue(handSize), OwnHands = who?.Skeletons }, who,
                who?.HandSize ?? (parsed.GetResult(handSize) is { Implicit: false } ? parsed.GetValue(handSize) : null),
                style.Parse(parsed, parsed.GetValue(seed)));
            await using var server = await MotionServer.StartAsync(maker, options, CommandHost.Say, cancellation);

            // Output that goes elsewhere than to a terminal is kept, as in a journal, where a token does not belong.
            Console.Out.WriteLine(Console.IsOutputRedirected ? server.Url : server.PageUrl);
            if (!IPAddress.IsLoopback(listen)) Warn(listen, options);
            if (options.Token is not null) CommandHost.Say("The page asks for the token, or takes it from its address: #token=TOKEN behind it.");
            CommandHost.Say("Drop music or a video of a pianist on this page in a browser; Ctrl+C ends the server.");
            await server.RunAsync(cancellation);
            return CommandHost.Done;
        });
        return command;
    }

    private static void Warn(IPAddress listen, ServerOptions options)
    {
        if (options.Token is null) CommandHost.Say($"Whoever reaches {listen} can use this server; it asks nobody who they are. With --token-file FILE (or --token) only those may who know what stands in it.");
        if (options.HostNames.Count > 0 || !(listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any))) return;
        CommandHost.Say($"Other computers are refused until --host NAME says how they call this one: {string.Join(" or ", OwnNames().Select(name => $"--host {name}"))}.");
    }

    private static IEnumerable<string> OwnNames() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(own => own.Address)
        .Where(address => address.AddressFamily == AddressFamily.InterNetwork)
        .Select(address => address.ToString())
        .Prepend(Environment.MachineName);

    private static IPNetwork Proxy(string text) =>
        IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : throw new ArgumentException($"--proxy is an address or a network such as 10.0.0.2 or 172.17.0.0/16, not '{text}'.");
}
