import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';

const root = import.meta.dirname;

// Packages whose code ends up in the pages; their licences go with it.
const bundled = ['three', 'fflate'];

function notices(): string {
  return bundled
    .map((name) => {
      const folder = resolve(root, 'node_modules', name);
      const { version, homepage } = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as { version: string; homepage: string };
      return `${name} ${version} (${homepage})\n\n${readFileSync(resolve(folder, 'LICENSE'), 'utf8').trim()}`;
    })
    .join('\n\n----\n\n');
}

/**
 * Puts the licences of the bundled packages into the page and writes its content security policy: only the scripts and styles
 * that were built run, and nothing is fetched from anywhere ("blob:" and "data:" are bytes of the page itself).
 */
function sealed(connect: string): Plugin {
  return {
    name: 'sealed',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler: (_, bundle) => {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue;
          let html = String(file.source).replaceAll('\r\n', '\n');
          html = html.replace('<!--notices-->', () => `<script type="text/plain" id="notices">\n${notices().replaceAll('</', '<\\/')}\n</script>`);
          const hashes = (pattern: RegExp): string =>
            [...html.matchAll(pattern)].map((match) => `'sha256-${createHash('sha256').update(match[1] ?? '').digest('base64')}'`).join(' ');
          const policy = [
            "default-src 'none'",
            `script-src ${hashes(/<script type="module"[^>]*>([\s\S]*?)<\/script>/g)}`,
            `style-src ${hashes(/<style[^>]*>([\s\S]*?)<\/style>/g)}`,
            'img-src data: blob:',
            'media-src blob:',
            `connect-src ${connect}`,
            `frame-src ${connect.includes("'self'") ? "'self'" : "'none'"}`,
            "base-uri 'none'",
            "form-action 'none'",
          ].join('; ');
          file.source = html.replace('<!--policy-->', `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
        }
      },
    },
  };
}

export default defineConfig(({ mode }) => ({
  root,
  base: './',
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), sealed(mode === 'studio' ? "'self'" : 'blob: data:')],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: false,
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: { input: resolve(root, `${mode}.html`) },
  },
}));
