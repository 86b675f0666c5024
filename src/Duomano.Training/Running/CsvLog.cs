using System.Globalization;

namespace Duomano.Training.Running;

/// <summary>A table that grows by a line a step; the first line names its columns.</summary>
internal sealed class CsvLog(string path) : IDisposable
{
    private StreamWriter? _writer;
    private string? _header;

    /// <summary>Adds a line.</summary>
    public void Append(int step, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        var header = "step," + string.Join(',', values.Select(value => value.Key));
        if (_writer is null) Open(header);
        if (header != _header) throw new InvalidOperationException($"{path} has the columns {_header}, not {header}.");
        _writer!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step},")
            + string.Join(',', values.Select(value => value.Value.ToString("R", CultureInfo.InvariantCulture))));
        _writer.Flush();
    }

    /// <summary>Removes the lines of later steps.</summary>
    public void CutBack(int lastStep)
    {
        Dispose();
        if (!File.Exists(path)) return;
        var lines = File.ReadAllLines(path);
        var kept = lines.Where((line, i) => i == 0
            || (int.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(',', StringComparison.Ordinal))), CultureInfo.InvariantCulture, out var step) && step <= lastStep));
        File.WriteAllLines(path, kept.ToList());
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private void Open(string header)
    {
        var first = File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;
        _writer = new StreamWriter(path, append: true);
        _header = first ?? header;
        if (first is null) _writer.WriteLine(header);
    }
}
