// LangChain's part: cutting texts, the retriever, and the call of the model.
import { Document } from '@langchain/core/documents';
import { BaseRetriever } from '@langchain/core/retrievers';
import { ChatOpenAI } from '@langchain/openai';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import type { Generate, Retrieve } from './answer.ts';
import type { Settings } from './config.ts';
import type { Hit } from './contract.ts';
import type { Split } from './ingest.ts';
import { countTokens } from './tokens.ts';

/** Cuts at headings, paragraphs, lines, sentences and words, in this order of preference. */
export function makeSplitter(chunkTokens: number, overlapTokens: number): Split {
  const splitter = new RecursiveCharacterTextSplitter({
    chunkSize: chunkTokens,
    chunkOverlap: overlapTokens,
    lengthFunction: countTokens,
    separators: ['\n# ', '\n## ', '\n### ', '\n\n', '\n', '. ', ' ', ''],
  });
  return text => splitter.splitText(text);
}

type Metadata = Omit<Hit, 'id' | 'text'>;

/** The collection as a LangChain retriever, for use in any chain. */
export class StoreRetriever extends BaseRetriever<Metadata> {
  lc_namespace = ['rag-service', 'retrievers'];
  private readonly find: Retrieve;

  constructor(find: Retrieve) {
    super({});
    this.find = find;
  }

  override async _getRelevantDocuments(question: string): Promise<Document<Metadata>[]> {
    const hits = await this.find(question);
    return hits.map(({ id, text, ...metadata }) => new Document({ id, pageContent: text, metadata }));
  }
}

/** Asks through the retriever. Rerankers and query rewriters of LangChain go around it here. */
export function makeRetriever(find: Retrieve): Retrieve {
  const retriever = new StoreRetriever(find);
  return async question => {
    const found = await retriever.invoke(question);
    return found.map(({ id, pageContent, metadata }) => ({ ...metadata, id: id ?? '', text: pageContent }));
  };
}

/** Streams answers of an OpenAI-compatible server. */
export function makeGenerator(settings: Settings['llm']): Generate {
  const llm = new ChatOpenAI({
    apiKey: settings.apiKey ?? 'not-needed',
    model: settings.model,
    temperature: settings.temperature,
    maxTokens: settings.maxAnswerTokens,
    timeout: settings.timeoutSeconds * 1000,
    maxRetries: settings.retries,
    streamUsage: true,
    configuration: { baseURL: settings.url },
  });
  return async function* generate(messages) {
    for await (const chunk of await llm.stream(messages.map(({ role, content }): [string, string] => [role, content]))) {
      const usage = chunk.usage_metadata;
      const finishReason = chunk.response_metadata.finish_reason;
      yield {
        text: chunk.text,
        ...(typeof finishReason === 'string' && { finishReason }),
        ...(usage && { promptTokens: usage.input_tokens, answerTokens: usage.output_tokens }),
      };
    }
  };
}
